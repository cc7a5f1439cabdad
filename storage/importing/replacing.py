"""A form out of a file beside the one a project has: whether both say the same, and one in the place of the other.

What a file has no cell for it cannot have meant to change. It stays as it stands in the store, with its line where it
is about a line; what has no line to stay with is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import count
from pathlib import Path
from typing import Any, cast

from model.catalogue import CATALOGUE
from model.changes import with_indicators
from model.findings import key_parts, keys_about, keys_of_form
from model.forms import FORMS
from model.records import EvaluatedIndicator, Evaluation, Form, Indicator, Project, text_cells
from model.rules import matching_name
from model.scoring import omission_of, parse_points, score_evaluation
from model.settings import Settings
from model.values.taxonomy import canonical_level2
from storage.interchange import EXPLANATIONS, NO_CELLS, UNSAID_LABELS, ImportedForm, form_document, one_line

_FLOWING = (".pdf", ".txt", "")
"""Kinds of files that do not tell the end of a line from the end of a paragraph."""
_STORE = ".jixiao"
_FORM_FIELDS = ("execution_choice",)


@dataclass(frozen=True, slots=True)
class Replacement:
    """The form as it comes into the store, with words for what was ``kept`` of the old one and what is ``lost``."""

    form: ImportedForm
    kept: tuple[str, ...]
    lost: tuple[str, ...]


def is_alike(form: ImportedForm, project: Project, settings: Settings) -> bool:
    """Whether a form is written like the project's own, so that one that was exported counts as itself.

    A workbook, a Word document, a PDF and a text hold what is printed and no more, so a form out of one is compared
    as printed, where lines only flow in a PDF or a text white space aside; a store holds all.
    """
    if project.form(form.kind) is None:
        return False
    suffix = Path(form.source).suffix.lower()
    if suffix == _STORE:
        standing = ImportedForm.of(project, form.kind, form.source, form.number)
        return _with_numbers(standing) == _with_numbers(form)
    brought = form.as_project(project.id)
    if form.unsaid >= NO_CELLS:
        sheet = CATALOGUE[form.kind].sheet
        if suffix in _FLOWING:
            brought, project = _squeezed(brought, form.kind), _squeezed(project, form.kind)
        return sheet(brought, settings).cells == sheet(project, settings).cells
    return form_document(brought, form.kind, settings) == form_document(project, form.kind, settings)


def _squeezed(project: Project, kind: Form) -> Project:
    """A project with the texts of a form without white space: how its lines break tells nothing then."""
    content = project.form(kind)
    assert content is not None
    lines = tuple(replace(line, **_squeezed_texts(line)) for line in content.indicators)
    squeezed: Any = replace(content, **_squeezed_texts(content), indicators=lines)
    return project.with_form(kind, squeezed)


def _squeezed_texts(record: Any) -> dict[str, Any]:
    texts = ((spec.name, getattr(record, spec.name)) for spec in fields(record) if spec.name != "id")
    return {name: "".join(text.split()) for name, text in texts if isinstance(text, str)}


def in_place_of(form: ImportedForm, project: Project, settings: Settings) -> Replacement:
    """A form, its lines with ids of their own, in the place of the one the project has.

    Lines are the same that have one 二级指标 and one name; of several such the first stays with the first. An
    explanation the file could not say stays with a line that did not change.
    """
    successors = matched_lines(project.indicators(form.kind), form.content.indicators)
    staying = _staying_explanations(form, project, successors, settings)
    explanations = {**form.explanations, **staying}
    own = _given_scores(project, form.kind, settings)
    lines, kept, lost = _lines(form, project.indicators(form.kind), successors, own)
    content, before = replace(form.content, indicators=lines), project.form(form.kind)
    for field in (field for field in _FORM_FIELDS if field in form.unsaid):
        if not isinstance(content, Evaluation) or not isinstance(before, Evaluation):
            continue
        is_said = bool(getattr(content, field)) or (
            bool(content.execution_score) and omission_of(getattr(before, field))
        )
        if getattr(before, field) and not is_said:
            content = replace(content, **cast("dict[str, Any]", {field: getattr(before, field)}))
            kept.append(UNSAID_LABELS[field])
    if staying:
        kept.append(f"{UNSAID_LABELS[EXPLANATIONS]} {len(staying)} 条")
    gone = [rule for rule, key in _explained(project, form.kind, successors) if key not in explanations]
    if gone:
        lost.append(f"{UNSAID_LABELS[EXPLANATIONS]} {len(gone)} 条（{'、'.join(sorted(set(gone)))}）")
    return Replacement(replace(form, content=content, explanations=explanations), tuple(kept), tuple(lost))


def _lines(
    form: ImportedForm, standing: tuple[Indicator, ...], successors: Mapping[str, str], own: Callable[[Indicator], bool]
) -> tuple[tuple[Indicator, ...], list[str], list[str]]:
    """The lines of a form with what its file can't say of them, and the words for what is kept and lost.

    ``own`` tells whether a line's score is a person's; one that follows the formula follows the new line's.
    """
    lines = {line.id: line for line in form.content.indicators}
    labels = {cell.name: cell.label for cell in FORMS[form.kind].columns} | UNSAID_LABELS
    kept: list[str] = []
    lost: list[str] = []
    for field in (field for field in text_cells(FORMS[form.kind].line) if field in form.unsaid):
        filled = [line for line in standing if getattr(line, field) and (field != "score" or own(line))]
        if field == "achievement":
            filled = [
                line
                for line in filled
                if not _says_whether_it_applies(line, form, lines.get(successors.get(line.id, "")))
            ]
        staying = [line for line in filled if line.id in successors]
        for line in staying:
            successor = successors[line.id]
            lines[successor] = replace(lines[successor], **cast("dict[str, Any]", {field: getattr(line, field)}))
        if staying:
            kept.append(f"{labels[field]} {len(staying)} 处")
        lost += [f"“{one_line(line.name)}”的{labels[field]}" for line in filled if line.id not in successors]
    return tuple(lines.values()), kept, lost


def _says_whether_it_applies(line: Indicator, form: ImportedForm, successor: Indicator | None) -> bool:
    """Whether a form without 达成等级 says of a line that it does not apply, or, by its 得分, that it does again."""
    if not isinstance(line, EvaluatedIndicator):
        return False
    if isinstance(successor, EvaluatedIndicator) and successor.achievement:
        return True
    return omission_of(line.achievement) is not None and successor is not None and "score" not in form.unsaid


def _given_scores(project: Project, kind: Form, settings: Settings) -> Callable[[Indicator], bool]:
    """Whether the score of a line is one a person gave, and not the computed one in print."""
    evaluation = project.of(Evaluation)
    if kind is not Form.EVALUATION or evaluation is None:
        return lambda _: False
    score = score_evaluation(evaluation, settings, project.year)
    computed = {line.indicator_id: line.computed for line in score.lines}
    typed = {line.id: line.score for line in evaluation.indicators if line.score}
    return lambda line: line.id in typed and parse_points(typed[line.id]) != computed[line.id]


def matched_lines(standing: Iterable[Indicator], brought: Iterable[Indicator]) -> dict[str, str]:
    """The ids of lines with the ids of those that come in their place."""
    waiting: dict[tuple[str, str], list[str]] = {}
    for line in standing:
        waiting.setdefault(_name(line), []).append(line.id)
    found: dict[str, str] = {}
    for line in brought:
        same = waiting.get(_name(line))
        if same:
            found[same.pop(0)] = line.id
    return found


def _name(line: Indicator) -> tuple[str, str]:
    return canonical_level2(line.level2) or line.level2.strip(), matching_name(line.name)


def _explained(project: Project, kind: Form, successors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every explanation that still speaks of something: its rule, and its key in the new form ("" for none)."""
    ids = {line.id for line in project.indicators(kind)}
    for key in keys_about(project.explanations, kind):
        place = key_parts(key)
        if not place.indicator_id or place.indicator_id in ids:
            yield place.rule, next(iter(keys_of_form({key: ""}, kind, successors)), "")


def _staying_explanations(
    form: ImportedForm, project: Project, successors: Mapping[str, str], settings: Settings
) -> dict[str, str]:
    """The explanations of lines that did not change, under their new keys; none where the file brings its own."""
    if EXPLANATIONS not in form.unsaid:
        return {}
    brought = {line.id: line for line in form.content.indicators}
    staying: dict[str, str] = {}
    for line in project.indicators(form.kind):
        keys = [key for key in keys_about(project.explanations, form.kind) if key_parts(key).indicator_id == line.id]
        successor = successors.get(line.id)
        if keys and successor is not None and _is_unchanged(line, brought[successor], form, project, settings):
            explanations = {key: project.explanations[key] for key in keys}
            staying |= keys_of_form(explanations, form.kind, {line.id: successor})
    return staying


def _is_unchanged(old: Indicator, new: Indicator, form: ImportedForm, project: Project, settings: Settings) -> bool:
    """Whether a form of the new line alone is written like one of the old line alone."""
    content = project.form(form.kind)
    assert content is not None
    alone = with_indicators(project, form.kind, (old,))
    return is_alike(replace(form, content=replace(content, indicators=(new,))), alone, settings)


def _with_numbers(form: ImportedForm) -> ImportedForm:
    """The form with its lines known by where they stand, for comparing."""
    numbers = count(1)
    return form.with_ids(lambda: str(next(numbers)))
