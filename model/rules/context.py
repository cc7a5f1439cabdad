"""What the rules look at: a form with its cells parsed once, and what is known around it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from model.changes import Part
from model.findings import Fix
from model.forms import FORMS, CellKind
from model.forms.declaration import DECLARATION_CELLS
from model.forms.evaluation import EVALUATION_CELLS
from model.labels import name_of_line
from model.mends import NewText, Rewrite
from model.quantity import Style, Value, parse, parse_actual, same_meaning
from model.records import Content, Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.rules.neighbours import Neighbours
from model.scoring import EvaluationScore, LineScore, score_evaluation, score_line
from model.settings import ScoringProfile, Settings, Thresholds
from model.values.dates import parse_date
from model.values.money import parse_fen
from model.values.taxonomy import canonical_level1, canonical_level2, is_timely
from model.values.units import STANDARD, UnitTable
from model.years import Dated, Earlier

_REMEMBERED = 64


@dataclass(frozen=True)
class Context:
    """What surrounds a project: the settings of its store and the other projects in it.

    ``neighbours`` may know the project itself; of itself the snapshot counts, not what is known there. ``read`` gives
    whole other projects by their ids, those it can.
    """

    settings: Settings
    neighbours: Neighbours = field(default_factory=Neighbours)
    read: Callable[[Collection[str]], Sequence[Project]] = lambda _ids: ()

    @cached_property
    def _earlier_ones(self) -> dict[tuple[str, ...], Earlier]:
        """Some of what was answered, for as long as the projects read are the same."""
        return {}

    @cached_property
    def _taken(self) -> frozenset[str]:
        """The earlier projects that a person said are continued."""
        return frozenset(one for ids in self.settings.links.values() for one in ids)

    @cached_property
    def units(self) -> UnitTable:
        """The unit table with the units the clerk added."""
        return STANDARD.with_own(self.settings.own_units)

    def namesakes(self, project: Project) -> frozenset[str]:
        """The ids of the other projects of its unit and year that bear a project's name (domain.md §8.3)."""
        return frozenset(self.neighbours.ids_named(project.year, project.unit, project.project_name) - {project.id})

    def continued(self, project: Dated) -> tuple[str, ...]:
        """The ids of what a project continues: one as a rule, several that were joined, none for a new project."""
        return self.neighbours.continued(project, self.settings.links, self._taken)

    def earlier(self, project: Project) -> Earlier | None:
        """What a project was in the newest earlier year in which it was there for certain; None for a new one."""
        ids = self.continued(project)
        found = self.read(ids) if ids else ()
        if not found:
            return None
        held = self._earlier_ones.get(ids)
        if (
            held is None
            or len(held.projects) != len(found)
            or any(one is not other for one, other in zip(held.projects, found, strict=False))
        ):
            if len(self._earlier_ones) >= _REMEMBERED:
                self._earlier_ones.clear()
            held = self._earlier_ones[ids] = Earlier(max(one.year for one in found), tuple(found))
        return held

    def units_named(self, project: Project) -> Counter[str]:
        """How many projects of a project's year name each unit, with its own unit as it stands now."""
        counts = self.neighbours.units(project.year)
        known = self.neighbours.key(project.id)
        if known is not None and known.year == project.year:
            counts[known.unit.strip()] -= 1
        counts[project.unit.strip()] += 1
        return counts


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What a rule about one line may read beside the line: whatever else changes leaves its findings as they are.

    ``start`` and ``end`` are the planned dates of a declaration. Equal surroundings are one object
    (:func:`_around`), so that they are compared at no cost.
    """

    form: Form
    year: int
    thresholds: Thresholds
    profile: ScoringProfile
    units: UnitTable
    start: datetime.date | None = None
    end: datetime.date | None = None

    @property
    def style(self) -> Style:
        """How this form prints target values."""
        return FORMS[self.form].style


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One indicator line with its levels in today's names and its values parsed.

    ``actual`` is the parsed 实际完成值 and ``score`` the line's score; both are there in a self-evaluation only. A
    line that did not change is the same object in every view (:func:`_look_at_line`).
    """

    indicator: Indicator
    position: int
    around: Around
    level1: str
    level2: str
    target: Value
    actual: Value | None = None
    score: LineScore | None = None

    @property
    def id(self) -> str:
        """The id of the line."""
        return self.indicator.id

    @property
    def units(self) -> UnitTable:
        """The measuring units known to this store."""
        return self.around.units

    @property
    def name(self) -> str:
        """What messages call the line: its name, or its number while it has none."""
        return name_of_line(self.indicator.name, self.position)

    @property
    def is_empty(self) -> bool:
        """Whether not one cell of the line is filled."""
        return not any(str(getattr(self.indicator, cell.name)).strip() for cell in FORMS[self.around.form].columns)

    @property
    def evaluated(self) -> EvaluatedIndicator:
        """The line as a self-evaluation has it; to be asked for by the rules of that form only."""
        assert isinstance(self.indicator, EvaluatedIndicator)
        return self.indicator

    def read(self, text: str) -> Value:
        """What a value means on this line."""
        return parse(text, self.units, self.around.year, timely=is_timely(self.indicator.level2))

    def cell(self, field: str, text: str) -> NewText:
        """Another text for a cell of the line."""
        return NewText(Part.INDICATOR, self.id, field, str(getattr(self.indicator, field)), text)


@dataclass(frozen=True, eq=False)
class FormView:
    """One form of a project as the rules see it: alone, without the other projects of the store.

    The project of a declaration is without its self-evaluation: nothing found in a declaration depends on that.
    """

    project: Project
    content: Content
    around: Around
    lines: tuple[Line, ...]

    @property
    def form(self) -> Form:
        """Which form it is."""
        return self.content.form

    @property
    def thresholds(self) -> Thresholds:
        """The limits marked † in domain.md §9."""
        return self.around.thresholds

    @property
    def units(self) -> UnitTable:
        """The measuring units known to this store."""
        return self.around.units

    @property
    def is_first(self) -> bool:
        """Whether what belongs to the project as a whole is reported on this form: the first that was started."""
        return self.form is next(form for form in FORMS if self.project.form(form) is not None)

    def in_header(self, field: str, text: str) -> NewText:
        """Another text for a header cell."""
        return NewText(Part.PROJECT, self.project.id, field, str(getattr(self.project, field)), text)

    def in_form(self, field: str, text: str) -> NewText:
        """Another text for a cell of this form."""
        return NewText(self.form, self.project.id, field, str(getattr(self.content, field)), text)


@dataclass(frozen=True, eq=False)
class DeclarationView(FormView):
    """A declaration; ``fen`` holds the amounts that can be read, in 分, with a blank cell as 0."""

    content: Declaration
    fen: Mapping[str, int]

    @property
    def start(self) -> datetime.date | None:
        """The planned start, when it can be read."""
        return self.around.start

    @property
    def end(self) -> datetime.date | None:
        """The planned end, when it can be read."""
        return self.around.end


@dataclass(frozen=True, eq=False)
class EvaluationView(FormView):
    """A self-evaluation with its score and, if there is one, the declaration of the same project.

    ``fen`` holds the amounts that can be read, in 分, with a blank cell as 0.
    """

    content: Evaluation
    declared: DeclarationView | None
    score: EvaluationScore
    fen: Mapping[str, int]

    @property
    def profile(self) -> ScoringProfile:
        """How this budget year is scored."""
        return self.around.profile

    def is_typed(self, field: str) -> bool:
        """Whether a cell of this form is filled."""
        return bool(str(getattr(self.content, field)).strip())


def faithful(line: Line, field: str, text: str, read: Value) -> tuple[Fix, ...]:
    """The quick fix that writes another text for a value, or none when it would change what was read (law 1)."""
    cell = line.cell(field, text)
    is_same = cell.text != cell.read and same_meaning(read, line.read(text))
    return (rewrite(cell),) if is_same else ()


def rewrite(*cells: NewText) -> Fix:
    """The quick fix that writes the text of its first cell, and what has to go with it."""
    return Fix(f"改为 {cells[0].text}", cells[0].text, Rewrite(cells))


def look_at_declaration(project: Project, context: Context) -> DeclarationView | None:
    """The declaration with every cell parsed, None when it has not been started.

    The same object as long as header, declaration and settings did not change.
    """
    declaration = project.of(Declaration)
    if declaration is None:
        return None
    start, end = parse_date(declaration.start_date), parse_date(declaration.end_date)
    around = around_lines(Form.DECLARATION, project.year, context, start, end)
    header = (project.id, project.year, project.project_name, project.department, project.unit)
    return _look_at_declaration(header, declaration, around)


@lru_cache(maxsize=4)
def _look_at_declaration(
    header: tuple[str, int, str, str, str], declaration: Declaration, around: Around
) -> DeclarationView:
    return DeclarationView(
        Project(*header, forms_of(declaration)),
        declaration,
        around,
        look_at_lines(declaration.indicators, around),
        _amounts(declaration, DECLARATION_MONEY),
    )


def look_at_evaluation(project: Project, context: Context) -> EvaluationView | None:
    """The self-evaluation with every cell parsed and scored, None when it has not been started."""
    evaluation = project.of(Evaluation)
    if evaluation is None:
        return None
    around = around_lines(Form.EVALUATION, project.year, context)
    return EvaluationView(
        project,
        evaluation,
        around,
        look_at_lines(evaluation.indicators, around),
        look_at_declaration(project, context),
        score_evaluation(evaluation, context.settings, project.year),
        _amounts(evaluation, EVALUATION_MONEY),
    )


def around_lines(
    form: Form, year: int, context: Context, start: datetime.date | None = None, end: datetime.date | None = None
) -> Around:
    """What is around every line of a form; ``start`` and ``end`` are the planned dates, where the form has them."""
    settings = context.settings
    return _around(form, year, settings.thresholds, settings.profile(year), context.units, start, end)


_around = lru_cache(maxsize=64)(Around)


def look_at_lines(indicators: tuple[Indicator, ...], around: Around) -> tuple[Line, ...]:
    """The lines of a form, each the same object as long as it did not change."""
    return tuple(_look_at_line(indicator, position, around) for position, indicator in enumerate(indicators))


@lru_cache(maxsize=8192)
def _look_at_line(indicator: Indicator, position: int, around: Around) -> Line:
    """One line, the same object as long as it did not change: a keystroke costs the line that changed."""
    timely = is_timely(indicator.level2)
    target = parse(indicator.target_text, around.units, around.year, timely=timely)
    level1, level2 = canonical_level1(indicator.level1) or "", canonical_level2(indicator.level2) or ""
    if not isinstance(indicator, EvaluatedIndicator):
        return Line(indicator, position, around, level1, level2, target)
    actual = parse_actual(indicator.actual_text, around.units, around.year, timely=timely)
    score = score_line(indicator, around.profile, around.thresholds, around.units, around.year, position)
    return Line(indicator, position, around, level1, level2, target, actual, score)


DECLARATION_MONEY = tuple(cell.name for cell in DECLARATION_CELLS if cell.kind is CellKind.MONEY)
EVALUATION_MONEY = tuple(cell.name for cell in EVALUATION_CELLS if cell.kind is CellKind.MONEY)


def _amounts(content: Content, names: tuple[str, ...]) -> Mapping[str, int]:
    amounts: dict[str, int] = {}
    for name in names:
        text = str(getattr(content, name))
        fen = parse_fen(text) if text.strip() else 0
        if fen is not None:
            amounts[name] = fen
    return amounts
