"""What the status bar says of the selected cells, as a spreadsheet does."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation


def summed(texts: Iterable[str]) -> str:
    """Sum, average and count of the texts that are numbers; "" for less than two of them."""
    numbers = [number for text in texts if (number := _number(text)) is not None]
    if len(numbers) < 2:
        return ""
    total = sum(numbers, Decimal(0))
    average = (total / len(numbers)).quantize(Decimal("0.01"))
    return f"合计 {_plain(total)} · 平均 {_plain(average)} · 计数 {len(numbers)}"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
