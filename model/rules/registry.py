"""What a rule is: its number and wording in domain.md §9, and the function that looks at a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from model.findings import Finding, Fix, Place, Severity
from model.records import Form
from model.rules.context import Context, FormView, Line
from model.rules.reasons import REASONS, parted
from model.rules.remedies import REMEDIES
from model.scoring import Notice


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One rule of domain.md §9 for the manual: number, usual severity, and the wordings it may use.

    ``messages`` holds the 中文提示 with its placeholders first, then the variants of it; ``why`` says in one sentence,
    true for any unit, why the rule is there; ``remedies`` say in a few words what to do, one for each of ``messages``;
    ``source`` what the rule rests on (依据).
    """

    id: str
    severity: Severity
    messages: tuple[str, ...]
    why: str
    remedies: tuple[str, ...]
    source: str = ""

    @property
    def message(self) -> str:
        """The usual wording."""
        return self.messages[0]

    @property
    def remedy(self) -> str:
        """What to do in the usual case."""
        return self.remedies[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken, before it is put into words.

    ``values`` fill the placeholders of wording number ``variant``; ``severity`` departs from the rule's usual one.
    ``message`` is that wording as a finished text, from scoring. ``level`` is an indicator level that lacks a line.
    """

    field: str
    indicator_id: str = ""
    values: tuple[tuple[str, object], ...] = ()
    fixes: tuple[Fix, ...] = ()
    variant: int = 0
    severity: Severity | None = None
    message: str = ""
    level: str = ""


View_contra = TypeVar("View_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Rule(Generic[View_contra]):
    """A rule that looks at one kind of form."""

    info: RuleInfo
    look: Callable[[View_contra], Iterable[Hit]]

    def findings(self, view: View_contra, form: Form) -> Iterable[Finding]:
        """Every hit of this rule on one form, in words."""
        return (_in_words(self.info, hit, form, hit.indicator_id) for hit in self.look(view))


@dataclass(frozen=True, slots=True)
class StoreRule:
    """A rule that compares a form with the other projects of the store, or with what is set for all of them."""

    info: RuleInfo
    look: Callable[[FormView, Context], Iterable[Hit]]

    def findings(self, view: FormView, context: Context) -> Iterable[Finding]:
        """Every hit of this rule on one form, in words."""
        return (_in_words(self.info, hit, view.form, hit.indicator_id) for hit in self.look(view, context))


@dataclass(frozen=True, slots=True)
class LineRule:
    """A rule that reads one indicator line, and of the form only what is around every line."""

    info: RuleInfo
    look: Callable[[Line], Iterable[Hit]]

    def findings(self, line: Line) -> Iterable[Finding]:
        """Every hit of this rule on one line, in words."""
        return (_in_words(self.info, hit, line.around.form, line.id) for hit in self.look(line))


def about(rule_id: str, severity: Severity, messages: tuple[str, ...], why: str = "", remedy: str = "") -> RuleInfo:
    """What is known of a rule, with the reason and the remedy that are listed for it where none are given."""
    sentence, source = parted(why or REASONS[rule_id])
    remedies = (remedy,) * len(messages) if remedy else REMEDIES[rule_id]
    return RuleInfo(rule_id, severity, messages, sentence, remedies, source)


def rule(
    rule_id: str, severity: Severity, *messages: str, why: str = "", remedy: str = ""
) -> Callable[[Callable[[View_contra], Iterable[Hit]]], Rule[View_contra]]:
    """Make a function a rule with its number, its usual severity and its wordings, and with its reason and its remedy
    where :mod:`model.rules.reasons` and :mod:`model.rules.remedies` have none."""
    info = about(rule_id, severity, messages, why, remedy)
    return lambda look: Rule(info, look)


def line_rule(
    rule_id: str, severity: Severity, *messages: str, why: str = "", remedy: str = ""
) -> Callable[[Callable[[Line], Iterable[Hit]]], LineRule]:
    """Make a function of one line a rule, like :func:`rule`."""
    info = about(rule_id, severity, messages, why, remedy)
    return lambda look: LineRule(info, look)


def store_rule(
    rule_id: str, severity: Severity, *messages: str, why: str = "", remedy: str = ""
) -> Callable[[Callable[[FormView, Context], Iterable[Hit]]], StoreRule]:
    """Make a function of a form and the store around it a rule, like :func:`rule`."""
    info = about(rule_id, severity, messages, why, remedy)
    return lambda look: StoreRule(info, look)


def line_part(whole: Rule[View_contra]) -> Callable[[Callable[[Line], Iterable[Hit]]], LineRule]:
    """Make a function what a rule says of single lines; the rule itself looks at the other cells of the form."""
    return lambda look: LineRule(whole.info, look)


def hit(
    field: str,
    /,
    *,
    line: str = "",
    fixes: Iterable[Fix] = (),
    variant: int = 0,
    severity: Severity | None = None,
    **values: object,
) -> Hit:
    """A hit at a cell; ``values`` fill the wording.

    ``line`` is the id of the indicator line the cell belongs to; a rule of one line need not say it.
    """
    return Hit(field, line, tuple(values.items()), tuple(fixes), variant, severity)


def noticed_hit(field: str, notice: Notice, fixes: Iterable[Fix] = ()) -> Hit:
    """A hit at a cell that scoring has put into words already."""
    return Hit(field, fixes=tuple(fixes), variant=notice.variant, severity=notice.severity, message=notice.message)


def level_hit(level: str) -> Hit:
    """A hit at a 一级 or 二级指标 that lacks a line."""
    return Hit("", level=level)


def _in_words(info: RuleInfo, hit: Hit, form: Form, line: str) -> Finding:
    message = hit.message or info.messages[hit.variant].format(**dict(hit.values))
    place = Place(form, hit.field, line, hit.level)
    remedy = info.remedies[hit.variant]
    return Finding(info.id, hit.severity or info.severity, message, place, hit.fixes, remedy=remedy)
