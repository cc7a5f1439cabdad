"""What is to be known of a form before anything is done with it: its names, its cells, its columns, its print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from model.forms.cells import Cell
from model.quantity import Style
from model.records import Content, Form, Indicator, Project
from model.settings import Settings
from model.values.money import MoneyStyle, format_fen, parse_fen


@dataclass(frozen=True, slots=True)
class FormNames:
    """Every wording in which a form is called.

    ``printed`` is the title the official form bears, ``full`` what choices and messages call it, ``title`` what
    sentences and lists do; ``tab`` stands on its tab and in gestures, ``short`` beside the name of its project,
    ``brief`` in a crowded line. ``goal`` is the heading of its goal texts and ``listing`` the name of the sheet that
    lists all of them. ``contents`` says in half a sentence what is filled in.
    """

    printed: str
    full: str
    title: str
    tab: str
    short: str
    brief: str
    goal: str
    listing: str
    contents: str


@dataclass(frozen=True, slots=True)
class Total:
    """A cell that is the sum of others, which are its ``parts``; ``style`` is how its amount is written."""

    parts: tuple[str, ...]
    style: MoneyStyle

    def sum_in(self, content: Content) -> str | None:
        """The text of the total for its parts as typed: blank when all are, None when one is not an amount."""
        typed = [text for part in self.parts if (text := str(getattr(content, part))).strip()]
        if not typed:
            return ""
        amounts = [parse_fen(text) for text in typed]
        known = [amount for amount in amounts if amount is not None]
        return format_fen(sum(known), self.style) if len(known) == len(amounts) else None

    def unreadable_in(self, content: Content) -> tuple[str, ...]:
        """The parts that hold something that is no amount: as long as there are any the sum cannot be computed."""
        texts = ((part, str(getattr(content, part))) for part in self.parts)
        return tuple(part for part, text in texts if text.strip() and parse_fen(text) is None)


@dataclass(frozen=True, slots=True)
class FormSpec:
    """The facts of one form, and how it begins.

    ``record`` holds its content; the file keeps its indicator lines in ``lines_table``.
    ``cells`` are those of the project and the form's own, ``columns`` those of an indicator line, both in printed
    order. ``totals`` are the computed sums by the names of their cells. ``style`` is how the form prints indicator
    values, ``keys`` are its keys in ``jixiao-forms/1``
    (interchange.md §1) in their order. On screen ``basics`` are the rows of 基本信息, ``goals`` the goal texts
    side by side, and ``figures`` the key figures with their labels, the most telling first.

    ``begin`` makes the content of a form that is started in a project, from an endless supply of ids for its lines.
    ``for_year`` makes that of a copy so many years later, without what was of the past year only.
    """

    names: FormNames
    record: type[Content]
    lines_table: str
    cells: tuple[Cell, ...]
    columns: tuple[Cell, ...]
    totals: Mapping[str, Total]
    style: Style
    keys: tuple[str, ...]
    basics: tuple[tuple[str, ...], ...]
    goals: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    begin: Callable[[Project, Iterator[str], Settings], Content]
    for_year: Callable[[Content, int, Iterator[str]], Content]

    @property
    def form(self) -> Form:
        """The id of the form."""
        return self.record.form

    @property
    def line(self) -> type[Indicator]:
        """The record of one of its indicator lines."""
        return self.record.line
