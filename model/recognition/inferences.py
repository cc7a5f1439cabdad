"""What a reader had to decide for itself, and where in the source each thing was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of the text of a form: its characters from ``start`` up to ``end``, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inference:
    """One decision of the reader that a person should see beside the row it concerns.

    ``field`` is the name of a cell (interchange.md §1), of the form or, where ``line`` counts from 0 which, of an
    indicator line. ``what`` says in Chinese what was decided and why. ``alternative`` is the text the cell has if the
    decision was wrong, None where there is no other one. ``span`` is the passage it was decided on, None where the
    source is no text.
    """

    field: str
    line: int | None
    what: str
    alternative: str | None = None
    span: Span | None = None

    @property
    def where(self) -> str:
        """The cell as ``check --json`` writes it: a field, or ``indicators[i].field`` counted from 0."""
        return self.field if self.line is None else f"indicators[{self.line}].{self.field}"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text a form was read from, ``start`` characters into the whole text, and each of its lines in it."""

    text: str
    start: int
    lines: tuple[Span, ...]
