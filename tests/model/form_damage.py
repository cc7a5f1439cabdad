"""Damage that copying and extracting does to a form's text, and what of a text was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from model.forms import FORMS
from model.recognition import TextReading
from model.recognition.labels import FURNITURE, LEVEL_LABELS, TOTALS, YEAR_LABELS, is_one_of
from model.recognition.readings import title_kind
from model.recognition.text.headings import is_fragment
from model.recognition.text.pieces import cleaned
from model.records import text_cells

_BODY = "三级指标"


def rows_of(text: str) -> tuple[list[str], int]:
    """The lines of a text, and the place of the first one under the headings."""
    lines = text.split("\n")
    return lines, next(place for place, line in enumerate(lines) if _BODY in line) + 1


def split_row(text: str, chance: Random) -> str:
    """A line end in the middle of a word of the table."""
    lines, body = rows_of(text)
    fit = [place for place in range(body, len(lines)) if re.search(r"[^\t]{4,}", lines[place])]
    if not fit:
        return text
    place = chance.choice(fit)
    words = list(re.finditer(r"[^\t]{4,}", lines[place]))
    word = chance.choice(words)
    cut = word.start() + chance.randrange(2, len(word[0]) - 1)
    lines[place : place + 1] = [lines[place][:cut], lines[place][cut:]]
    return "\n".join(lines)


def repeat_headings(text: str, chance: Random) -> str:
    """A page's end with the headings again."""
    lines, body = rows_of(text)
    place = chance.randrange(body + 1, len(lines))
    lines[place:place] = ["", lines[body - 1]]
    return "\n".join(lines)


def repeat_label(text: str, chance: Random) -> str:
    """The labels of a line again on the one below, which had none."""
    lines, body = rows_of(text)
    fit = [
        place
        for place in range(body + 1, len(lines))
        if not "".join(lines[place].split("\t")[:3]) and lines[place].strip() and _labels(lines[place - 1])
    ]
    if not fit:
        return text
    place = chance.choice(fit)
    above = lines[place - 1].split("\t")
    cells = lines[place].split("\t")
    lines[place] = "\t".join([cells[0], *above[1:3], *cells[3:]])
    return "\n".join(lines)


def _labels(row: str) -> bool:
    """Whether a row has a level in the columns of the levels."""
    cells = [cell for cell in row.split("\t")[1:3] if cell]
    return bool(cells) and all(cell in LEVEL_LABELS for cell in cells)


def shift_row(text: str, chance: Random) -> str:
    """A row of the table one column to the left or right."""
    lines, body = rows_of(text)
    place = chance.choice([place for place in range(body, len(lines)) if lines[place].strip()])
    row = lines[place]
    lines[place] = row[1:] + "\t" if row.startswith("\t") and chance.random() < 1 / 2 else "\t" + row
    return "\n".join(lines)


def no_break_spaces(text: str, chance: Random) -> str:
    """Spaces of other kinds round some cells and within some words of labels."""
    space = chance.choice("\u00a0\u3000\u2003")
    return re.sub(r"(?<=\t)(?=[^\t\n\"])", lambda _: space if chance.random() < 1 / 3 else "", text).replace(
        "其他资金", f"其他{space}资金"
    )


def markup(text: str, chance: Random) -> str:
    """Paragraph marks and a formula round some cells."""
    lines, body = rows_of(text)
    place = chance.choice([place for place in range(body, len(lines)) if lines[place].strip()])
    lines[place] = re.sub(r"[^\t]+(?=\t*$)", lambda match: f"<p>{match[0]}</p>", lines[place])
    return "\n".join(lines)


DAMAGE = (split_row, repeat_headings, repeat_label, shift_row, no_break_spaces, markup)


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def unread(text: str, reading: TextReading) -> list[str]:
    """The words of a text that stand neither in a form nor among what is told of."""
    said = "\n".join(squeezed(one) for one in _said(reading))
    return [word for word in _words(text) if _plain(word) not in said and not _is_label(word)]


def _plain(word: str) -> str:
    """A word as it stands in a record, amounts without their commas."""
    plain = squeezed(word).strip('"')
    return plain.replace(",", "") if re.fullmatch(r"[\d,.]+", plain) else plain


def _said(reading: TextReading) -> Iterator[str]:
    yield from (told for doubt in reading.unplaced for _, told in doubt.cells)
    for form in reading.forms:
        yield from (form.project_name, form.department, form.unit, str(form.year))
        yield from (told for doubt in form.doubts for _, told in doubt.cells)
        if form.problem is not None:
            yield from (told for _, told in form.problem.cells)
        yield from (one.alternative or "" for one in form.inferences)
        for cell in FORMS[form.kind].cells:
            yield from (str(getattr(form.content, cell.name, "")),)
        for line in form.content.indicators:
            yield from (getattr(line, name) for name in text_cells(type(line)))


def _words(text: str) -> Sequence[str]:
    return [cleaned(cell) for line in text.split("\n") for cell in line.split("\t") if cleaned(cell)]


def _is_label(word: str) -> bool:
    from model.recognition import labels  # noqa: PLC0415 its tables, all of them

    tables = (
        *(labels.HEADER, labels.DECLARATION, labels.YEAR_AMOUNTS, labels.LIFE_AMOUNTS, labels.SOURCES, labels.LINES),
        *(labels.MONEY_COLUMNS, labels.DECLARED_GOALS, labels.EVALUATED_GOALS),
    )
    return (
        any(labels.looked_up(word, table) for table in tables)
        or is_one_of(word, FURNITURE | TOTALS | YEAR_LABELS)
        or bool(title_kind(word))
        or word in "绩效指标"
        or is_fragment(word)
        or bool(re.fullmatch(r"[（(]?\s*\d{4}\s*年度?[）)]?|[—/-]", word))
    )
