"""The findings of a project as rows: one a rule and form, what to do first, then where; and what each row offers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from gui.desk.signs import Sign, sign_of
from model import labels
from model.checking import rules_in_order
from model.findings import Finding, Fix, Place, Severity
from model.forms import FORMS
from model.mends import InferLevels, Rewrite, SharePoints, SortLines
from model.records import Form, Project
from model.rules import RuleInfo

CLOSED = "closed"
AWAITED = "awaited"
"""The groups beside the severities: explained warnings, and what is only not filled in yet (docs/ux.md §5.1)."""
GROUPS = (*(severity.value for severity in Severity), AWAITED, CLOSED)

REWRITE = "改为"
"""How the label of a fix begins that writes another text."""

MORE = "更多…"
"""The link to all that can be done with a row where not all of it has room."""

_QUOTED = re.compile(r"“[^”]*”")

_OF_A_FORM = (InferLevels, SharePoints, SortLines)
"""What mends the whole form, whichever line offers it."""


class Kind(StrEnum):
    """What an action of a row does."""

    GO = "go"
    FIX = "fix"
    EXPLAIN = "explain"
    UNFOLD = "unfold"
    CHOOSE = "choose"


@dataclass(frozen=True, slots=True)
class RowAction:
    """One link at the end of a row; ``fixes`` are what it does in one gesture, or what there is to choose from."""

    kind: Kind
    label: str
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a finding, or several of one rule with them as ``members``; ``is_member`` where it is one of those.

    ``remedy`` is what to do, ``where`` the place in words; a member says what is wrong in its own place instead.
    """

    finding: Finding
    remedy: str
    where: str
    is_member: bool = False
    is_open: bool = False
    is_awaited: bool = False

    @property
    def sign(self) -> Sign:
        """What is drawn before it."""
        if self.finding.is_closed:
            return Sign.DONE
        return Sign.EMPTY if self.is_awaited else sign_of(self.finding.severity)

    @property
    def word(self) -> str:
        """What the sign says."""
        return labels.AWAITED if self.is_awaited else labels.SEVERITY_WORDS[self.finding.severity]

    @property
    def key(self) -> str:
        """What stays while findings come and go: a row of several goes by what to do, not by its first line."""
        one = self.finding
        if self.is_member or not one.members:
            return one.key
        return f"{one.rule}{one.remedy}@{one.place.form}{'!' if one.is_closed else '?' if self.is_awaited else ''}"


@cache
def rules_by_id() -> Mapping[str, RuleInfo]:
    """Every rule that is checked by its number."""
    return {info.id: info for info in rules_in_order()}


def remedy_of(finding: Finding) -> str:
    """What to do about a finding, in a few words."""
    if finding.remedy:
        return finding.remedy
    info = rules_by_id().get(finding.rule)
    return info.remedy if info is not None else finding.message


def group_of(finding: Finding, awaited: frozenset[str] = frozenset()) -> str:
    """The chip a finding is counted under; those whose keys are ``awaited`` are told quietly."""
    return CLOSED if finding.is_closed else AWAITED if finding.key in awaited else finding.severity.value


def by_rule(findings: Iterable[Finding], first: Form, awaited: frozenset[str] = frozenset()) -> list[Finding]:
    """Those of one rule, remedy and form as one, in the order they came; those of the form ``first`` before all others.

    Of either form what is only not filled in yet comes after the rest.
    """
    kinds: dict[tuple[str, str, Form, Severity, str], list[Finding]] = {}
    for finding in findings:
        kind = (finding.rule, finding.remedy, finding.place.form, finding.severity, group_of(finding, awaited))
        kinds.setdefault(kind, []).append(finding)
    gathered = [found[0] if len(found) == 1 else _as_one(found) for found in kinds.values()]
    return sorted(
        gathered, key=lambda finding: (finding.is_closed, finding.place.form is not first, finding.key in awaited)
    )


def rows_of(
    findings: Iterable[Finding],
    project: Project | None,
    open_ones: frozenset[str],
    form: Form,
    awaited: frozenset[str] = frozenset(),
) -> list[Row]:
    """The rows of findings that were gathered by rule; those whose key is in ``open_ones`` with their members below."""
    rows, names = [], names_of(project)
    for finding in findings:
        is_awaited = finding.key in awaited
        remedy = remedy_of(finding)
        row = Row(finding, remedy, _beside(remedy, finding, names, form), is_awaited=is_awaited)
        is_open = bool(finding.members) and row.key in open_ones
        rows.append(replace(row, is_open=is_open) if is_open else row)
        if is_open:
            rows += [
                Row(
                    member,
                    _plain(member, project),
                    where(member, names, form),
                    is_member=True,
                    is_awaited=is_awaited,
                )
                for member in finding.members
            ]
    return rows


def actions_of(row: Row) -> tuple[RowAction, ...]:
    """What can be done about a row: its findings mended, explained, gone to, or seen one by one."""
    finding = row.finding
    explain: tuple[RowAction, ...] = ()
    if finding.severity is Severity.WARNING:
        verb = "改说明…" if finding.is_closed else "一并说明…" if finding.members else "说明…"
        explain = (RowAction(Kind.EXPLAIN, verb),)
    if finding.members:
        unfold = RowAction(Kind.UNFOLD, "收起" if row.is_open else "展开")
        return (*_fixes_of_all(finding), *explain, unfold, RowAction(Kind.GO, "逐条转到"))
    fixes = () if finding.is_closed else finding.fixes
    return (*(RowAction(Kind.FIX, fix.label, (fix,)) for fix in fixes), *explain, RowAction(Kind.GO, "转到"))


def offered(row: Row, most: int) -> tuple[RowAction, ...]:
    """So many actions of a row, without 转到; where there are more, the last link leads to all that is left out.

    No 达成等级 is put before the others: where not all have room they are one list.
    """
    actions = tuple(action for action in actions_of(row) if action.kind is not Kind.GO)
    if len(actions) <= most:
        return actions
    levels = tuple(action for action in actions if line_to_judge((action,), least=1))
    others = tuple(action for action in actions if action not in levels)
    if levels and len(others) < most:
        return (*others, RowAction(Kind.CHOOSE, "选择等级…", tuple(fix for one in levels for fix in one.fixes)))
    return (*actions[: most - 1], RowAction(Kind.CHOOSE, MORE))


def line_to_judge(actions: Sequence[RowAction], least: int = 2) -> str:
    """The line of which every fix chooses a 达成等级, so that its own list is the one to open; "" for other fixes.

    Of fewer fixes than ``least`` it is "" too: there is nothing to choose.
    """
    mends = [fix.mend for action in actions for fix in action.fixes]
    cells = [one.cells[0] if isinstance(one, Rewrite) else None for one in mends]
    lines = {one.record_id if one is not None and one.field == "achievement" else "" for one in cells}
    return lines.pop() if len(lines) == 1 and len(mends) >= least else ""


def words_of(finding: Finding, project: Project | None) -> str:
    """The message, with the name of its line in front where the message does not say it."""
    if finding.members:
        return f"{remedy_of(finding)}：{where(finding, {}, finding.place.form)}"
    name = _line_name(finding.place, project)
    return finding.message if not name or name in finding.message else f"“{name}”{finding.message}"


def names_of(project: Project | None) -> dict[str, str]:
    """What each indicator is called, by its id; one without a name, or named like another one, by its place, too."""
    names: dict[str, str] = {}
    for content in project.forms.values() if project is not None else ():
        plain = [" ".join(line.name.split()) for line in content.indicators]
        often = Counter(plain)
        for position, (line, name) in enumerate(zip(content.indicators, plain, strict=True)):
            place = labels.place_of_line(position)
            names[line.id] = place if not name else f"{name}（{place}）" if often[name] > 1 else name
    return names


def where(finding: Finding, names: Mapping[str, str], form: Form) -> str:
    """The place in words, with the name of its form where another one is on screen; ``names`` are :func:`names_of`."""
    place = finding.place
    spec = FORMS[place.form]
    other = "" if place.form is form else f"{spec.names.short}："
    if finding.members:
        unit = "条指标" if all(member.place.indicator_id for member in finding.members) else "处"
        return f"{other}{len(finding.members)} {unit}"
    cells = spec.columns if place.indicator_id else spec.cells
    cell = next((cell.label for cell in cells if cell.name == place.field), "")
    name = names.get(place.indicator_id, "")
    explained = f"已说明：{finding.explanation}" if finding.is_closed else ""
    words = " · ".join(part for part in (name, place.level or cell, explained) if part)
    return f"{other}{words}" if words else spec.names.short


def _beside(remedy: str, finding: Finding, names: Mapping[str, str], form: Form) -> str:
    """The place in words beside what to do, which may name the field or the level already."""
    place, words = finding.place, where(finding, names, form)
    named = words.rpartition("：")[2]
    if place.indicator_id or finding.members or finding.is_closed or named not in remedy:
        return words
    return words.removesuffix(named).removesuffix("：")


def _as_one(found: list[Finding]) -> Finding:
    return replace(found[0], fixes=(), members=tuple(found))


def _plain(finding: Finding, project: Project | None) -> str:
    """The message of a member without the name of its line, which stands beside it, nor what joins the name to it."""
    name = _line_name(finding.place, project)
    before, named, after = finding.message.partition(f"“{name}”") if name else (finding.message, "", "")
    return before.removesuffix("：") + after.removeprefix("的") if named else finding.message


def _line_name(place: Place, project: Project | None) -> str:
    found = project.find_indicator(place.indicator_id) if project is not None and place.indicator_id else None
    return project.indicators(found[0])[found[1]].name.strip() if project is not None and found is not None else ""


def _fixes_of_all(finding: Finding) -> tuple[RowAction, ...]:
    """What mends the form as a whole, or every member that can be mended without a choice, as one gesture.

    What needs a choice between several is made line by line.
    """
    if finding.is_closed:
        return ()
    common = {fix.mend: fix for member in finding.members for fix in member.fixes if isinstance(fix.mend, _OF_A_FORM)}
    if common:
        return tuple(RowAction(Kind.FIX, fix.label, (fix,)) for fix in common.values())
    single = [member.fixes[0] for member in finding.members if len(member.fixes) == 1]
    verbs = {_verb(fix) for fix in single}
    if len(verbs) != 1:
        return ()
    verb = verbs.pop()
    is_every = len(single) == len(finding.members)
    return (RowAction(Kind.FIX, f"全部{verb}" if is_every else f"{verb}其中 {len(single)} 处", tuple(single)),)


def short_label(action: RowAction) -> str:
    """What an action does in the fewest words: of a fix without the text it writes."""
    if action.kind is not Kind.FIX or len(action.fixes) > 1:
        return action.label
    verb = _QUOTED.sub("", _verb(action.fixes[0])).removeprefix("将").strip()
    return f"{verb}…" if verb and verb != action.label else action.label


def _verb(fix: Fix) -> str:
    """What a fix does, without the text it writes."""
    stem = fix.label.removesuffix(fix.text).strip() if fix.text else fix.label
    return "改写" if stem == REWRITE else stem
