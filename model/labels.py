"""Every word that stands for a severity, once: on screen, at the command line, in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.findings import Severity

SEVERITY_WORDS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
)
AWAITED = "待填"
"""What is told in place of an error while a form is filled in for the first time (docs/ux.md §5.1)."""
