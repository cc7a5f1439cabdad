"""Findings of one kind on many lines as one finding that names the lines (domain.md §9, "group identical warnings").

For reading only: each line keeps its own finding, its mark and its explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.findings import Finding, Fix
from model.mends import Rewrite
from model.records import Project

_WORDINGS = {
    "VAL-015": "{n}条指标的指标值难以考核，建议写明可衡量的结果：{names}。",
    "VAL-031": "{n}条指标的指标值低于上年完成值，请核对：{names}。",
    "VAL-032": "{n}条指标的指标值较上年变化较大，请核对或准备说明：{names}。",
    "IND-022": "{n}条数量指标以百分比计，建议改用绝对数：{names}。",
    "EVL-035": "{n}条指标超额过大，请说明原因，可参考建议调减分值：{names}。",
    "EVL-038": "{n}条指标的实际完成值与指标值相同，请补充佐证说明：{names}。",
}
_ALL_FIXES = {"EVL-035": "全部采用建议得分"}
_FULL = "EVL-043"
_FULL_WORDING = "{unit}{year}年度有{n}张自评表全部指标满分，请再次核对指标值与完成值：{names}。"
_FEWEST = 2


def grouped(findings: Sequence[Finding], project: Project) -> tuple[Finding, ...]:
    """The findings of a project, those of one kind on several lines as one at the place of the first.

    What was explained stands by itself.
    """
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.rule in _WORDINGS and not finding.is_closed:
            kinds.setdefault((finding.rule, finding.place.form), []).append(finding)
    groups = {id(group[0]): group for group in kinds.values() if len(group) >= _FEWEST}
    others = {id(finding) for group in groups.values() for finding in group[1:]}
    return tuple(
        _group(groups[id(finding)], project) if id(finding) in groups else finding
        for finding in findings
        if id(finding) not in others
    )


def is_once_a_year(finding: Finding) -> bool:
    """Whether a finding is said once for all projects of a unit and year (:func:`full_evaluations`)."""
    return finding.rule == _FULL and not finding.is_closed


def full_evaluations(found: Sequence[tuple[Project, Finding]]) -> Finding:
    """What is found alike in the self-evaluations of one unit and year, as one finding at the first of them."""
    project, first = found[0]
    if len(found) < _FEWEST:
        return first
    names = _names(one.project_name for one, _ in found)
    words = _FULL_WORDING.format(unit=project.unit.strip(), year=project.year, n=len(found), names=names)
    return replace(first, message=words, members=tuple(finding for _, finding in found))


def _group(group: Sequence[Finding], project: Project) -> Finding:
    first = group[0]
    names = {line.id: line.name for line in project.indicators(first.place.form)}
    shown = _names(names.get(finding.place.indicator_id, "") for finding in group)
    message = _WORDINGS[first.rule].format(n=len(group), names=shown)
    return replace(first, message=message, fixes=_fix_of(group), members=tuple(group))


def _fix_of(group: Sequence[Finding]) -> tuple[Fix, ...]:
    """The first fix of every line as one, where every line has one that writes texts."""
    mends = [finding.fixes[0].mend for finding in group if finding.fixes]
    rewrites = [mend for mend in mends if isinstance(mend, Rewrite)]
    label = _ALL_FIXES.get(group[0].rule)
    if label is None or len(rewrites) < len(group):
        return ()
    return (Fix(label, "", Rewrite(tuple(cell for mend in rewrites for cell in mend.cells))),)


def _names(names: Iterable[str]) -> str:
    return "".join(f"“{' '.join(name.split()) or '未命名'}”" for name in names)
