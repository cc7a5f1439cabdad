"""Every word and glyph that stands for a form or a severity, once: on screen, at the command line, in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.findings import Severity
from model.records import Form

SEVERITY_WORDS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
)
SEVERITY_GLYPHS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.INFO: "i"}
)


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form is called: ``title`` in sentences and lists, ``tab`` on its tab and in gestures, ``short`` beside the
    name of its project, ``brief`` in a crowded line; ``goal`` is the heading of its goal texts."""

    title: str
    tab: str
    short: str
    brief: str
    goal: str


FORM_WORDS: Mapping[Form, FormWords] = MappingProxyType(
    {
        Form.DECLARATION: FormWords("目标申报表", "目标申报", "申报表", "申报", "绩效目标"),
        Form.EVALUATION: FormWords("绩效自评表", "绩效自评", "自评表", "自评", "年度总体目标"),
    }
)
