"""What is to be known of a form before anything is done with it: its names, its cells, its columns, its print."""

from __future__ import annotations

from dataclasses import dataclass

from model.forms.cells import Cell
from model.quantity import Style
from model.records import Form


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
class FormSpec:
    """The facts of one form.

    ``cells`` are those of the project and the form's own, ``columns`` those of an indicator line, both in printed
    order. ``style`` is how the form prints indicator values, ``keys`` are its keys in ``jixiao-forms/1``
    (interchange.md §1) in their order. On screen ``basics`` are the rows of 基本信息, ``goals`` the goal texts
    side by side, and ``figures`` the key figures with their labels, the most telling first.
    """

    form: Form
    names: FormNames
    cells: tuple[Cell, ...]
    columns: tuple[Cell, ...]
    style: Style
    keys: tuple[str, ...]
    basics: tuple[tuple[str, ...], ...]
    goals: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
