"""Lines that do not apply: what a person chose for their points, and the words for it (domain.md §6.9, §5.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from model.records import Omission
from model.scoring.figures import format_points
from model.scoring.notices import notice
from model.scoring.outcome import Case, Outcome
from model.scoring.results import Notice, Status

OMISSION_LABELS: Mapping[Omission, str] = MappingProxyType(
    {
        Omission.LEFT_OUT: "不适用，分值不计入总分",
        Omission.RESCALED: "不适用，其余得分按比例折算",
    }
)
"""The choices as menus and buttons call them."""

OMISSION_PRINTED: Mapping[Omission, str] = MappingProxyType(
    {
        Omission.LEFT_OUT: "不适用（不计分）",
        Omission.RESCALED: "不适用（折算）",
    }
)
"""What the official form prints as 得分, and what is read back from there."""

NOT_APPLICABLE = "不适用"
OMISSION_RULE = "EVL-055"
_RULE_TEXT = "不适用的指标：分值不计入总分（满分相应减少），或由其余得分按比例折算"


_FULL_POINTS = "满分{}分"
_RESCALED = "已按比例折算"
_TOTAL_NOTE = re.compile(rf"{_FULL_POINTS.format('[0-9.]+')}(?:，{_RESCALED})?|{_RESCALED}")


def total_note(full: Decimal | None, *, is_rescaled: bool) -> str:
    """What is printed beside a total that is not out of all the points (``full`` is then what it is out of)."""
    parts = [_FULL_POINTS.format(format_points(full))] if full is not None else []
    return "，".join([*parts, _RESCALED] if is_rescaled else parts)


def is_total_note(text: str) -> bool:
    """Whether a text beside a total is one of those :func:`total_note` prints."""
    return _TOTAL_NOTE.fullmatch("".join(text.split())) is not None


def omission_of(text: str) -> Omission | None:
    """The choice a record holds, or None."""
    return next((omission for omission in Omission if omission == text), None)


def omission_printed(text: str) -> Omission | None:
    """The choice a 得分 cell prints, or None."""
    plain = _plain(text)
    return next((omission for omission, words in OMISSION_PRINTED.items() if _plain(words) == plain), None)


def says_not_applicable(text: str) -> bool:
    """Whether a cell says of its line that it does not apply, and not what becomes of its points."""
    return _plain(text).rstrip("。.") == NOT_APPLICABLE


def omission_facts(omission: Omission, points: Decimal | None) -> str:
    """What the choice means for the points of a line."""
    shown = f"分值{format_points(points)}" if points is not None else "分值"
    if omission is Omission.LEFT_OUT:
        return f"不适用：{shown}不计入总分，满分相应减少"
    return f"不适用：{shown}由其余得分按比例折算"


def score_omitted(case: Case, omission: Omission, points: Decimal | None) -> Outcome:
    """A line that was marked as not applicable: no score, and nothing is asked of it but why."""
    notices: list[Notice] = []
    if case.indicator.score.strip():
        notices.append(notice(f"{OMISSION_RULE} score", name=case.name, s=case.indicator.score.strip()))
    elif not case.has_reason:
        notices.append(notice(f"{OMISSION_RULE} reason", name=case.name))
    return Outcome(Status.OMITTED, None, omission_facts(omission, points), _RULE_TEXT, notices=tuple(notices))


def ask_what_becomes_of(case: Case) -> Outcome:
    """A line whose actual value, or score, is 不适用: a person says what becomes of its points."""
    question = "请选择分值不计入总分，还是由其余得分按比例折算"
    asked = notice(OMISSION_RULE, name=case.name)
    facts = f"写的是“{NOT_APPLICABLE}”，{question}"
    return Outcome(Status.ERROR, None, facts, _RULE_TEXT, notices=(asked,), question=question)


def _plain(text: str) -> str:
    return "".join(text.split()).replace("(", "（").replace(")", "）")
