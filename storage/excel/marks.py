"""The marks of what was typed and what a form prints: named styles, which programs keep (interchange.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

TYPED = "绩效填报内容"
"""The style of what a person typed: it is never taken for a label when the workbook is read again."""
PRINTED = "绩效表栏目"
"""The style of the form's own words. What wears neither has been put there by somebody else."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers of a workbook's cell formats that are of either style; none in one of another program.

    ``are_promised`` says that the workbook was written with such styles, whether a program kept them or not.
    """

    typed: frozenset[int] = frozenset()
    printed: frozenset[int] = frozenset()
    are_promised: bool = False


_NAMESPACE = {"main": SHEET_MAIN_NS}


def marks_of(archive: ZipFile, keywords: str | None) -> Marks:
    """The marks of a workbook, whose properties say in ``keywords`` that it had some."""
    are_promised = TYPED in (keywords or "")
    if ARC_STYLE not in archive.namelist():
        return Marks(are_promised=are_promised)
    root = fromstring(archive.read(ARC_STYLE))
    return Marks(_formats(root, TYPED), _formats(root, PRINTED), are_promised)


def _formats(root: Element, name: str) -> frozenset[int]:
    """The numbers of the cell formats that are of the style with a name."""
    styles = root.iterfind("main:cellStyles/main:cellStyle", _NAMESPACE)
    named = {style.get("xfId", "0") for style in styles if style.get("name") == name}
    formats = root.iterfind("main:cellXfs/main:xf", _NAMESPACE)
    return frozenset(number for number, one in enumerate(formats) if one.get("xfId", "0") in named)
