"""The computed totals of both forms: 年度资金申请总额, 项目资金总额 and the 年度资金总额 row (domain.md §2.3, §3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES
from model.records import Declaration, Evaluation
from model.values.money import MoneyStyle, format_fen, parse_fen

_TOTAL, *_PARTS = (source for source, _label in MONEY_SOURCES)

TOTAL_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "total_requested": ("fiscal_current", "carried_over", "other"),
        "project_total": ("project_fiscal", "project_other"),
        **{
            f"{column}_{_TOTAL}": tuple(f"{column}_{part}" for part in _PARTS)
            for column, _label, _path in MONEY_COLUMNS
        },
    }
)
"""Every total that is computed, with the fields it is the sum of."""


def computed_totals(before: Declaration | Evaluation, after: Declaration | Evaluation) -> Iterator[tuple[str, str]]:
    """The totals whose parts changed, with their new text. A total one of whose parts is no amount stays as it is."""
    for total, parts in TOTAL_PARTS.items():
        if not hasattr(after, total) or getattr(before, total) != getattr(after, total):
            continue
        if all(getattr(before, part) == getattr(after, part) for part in parts):
            continue
        text = sum_text(total, tuple(getattr(after, part) for part in parts))
        if text is not None and (not text or parse_fen(getattr(after, total)) != parse_fen(text)):
            yield total, text


def sum_text(total: str, parts: tuple[str, ...]) -> str | None:
    """The text of a total for its parts as typed: blank when all are, None when one is not an amount."""
    typed = [part for part in parts if part.strip()]
    if not typed:
        return ""
    amounts = [parse_fen(part) for part in typed]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return None
    style = MoneyStyle.SHORT if total.startswith("executed") else MoneyStyle.PLAIN2
    return format_fen(sum(known), style)
