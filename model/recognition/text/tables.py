"""Tables written as text: the source of a web page, the tables of Markdown, cells parted by wide spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.recognition.labels import LINES, TOTALS, is_one_of, looked_up
from model.recognition.readings import title_kind

_TAG = re.compile(r"<(/?)(table|tr|t[dh])\b([^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\t\r\n]")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_PARTING = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_WIDE = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_SINGLE = re.compile(r"[\u4e00-\u9fff]")
_MOST_COLUMNS = 200


def drawn_out(text: str) -> tuple[str, bool]:
    """The text with the cells of its tables parted by tabs and the rows by line ends, and whether it had to be drawn.

    It is as long as it was, so that every place in it stays.

    Merged cells of a web page leave the places they cover blank, as long as the tags have room for the tabs.
    """
    before = text
    if "<t" in text or "<T" in text:
        text = "".join(_of_web_page(text))
    if "|" in text:
        text = "".join(_of_markdown(text))
    if "\t" not in text and ("  " in text or "\u3000\u3000" in text):
        text = "".join(_of_wide_spaces(text))
    return text, text != before


def _of_web_page(text: str) -> Iterator[str]:
    page = _Page()
    end = 0
    for tag in _TAG.finditer(text):
        between = text[end : tag.start()]
        yield _LINE_ENDS.sub(" ", between) if page.depth else between
        yield page.of_tag(tag[2].lower(), tag[3], is_end=bool(tag[1])).ljust(len(tag[0]))[: len(tag[0])]
        end = tag.end()
    yield text[end:]


class _Page:
    """Where in a table of a web page a tag stands; a table within a table is text of its cell."""

    def __init__(self) -> None:
        self.depth = 0
        self._column = 0
        self._owed = 0  # tabs that the next cell needs before it
        self._covered: set[int] = set()
        self._below: dict[int, int] = {}  # how many rows more a cell goes on over a column

    def of_tag(self, name: str, attributes: str, *, is_end: bool) -> str:
        """What stands for a tag: a line end, tabs, or nothing."""
        if name == "table":
            was_outside = self.depth == 0
            self.depth = max(0, self.depth + (-1 if is_end else 1))
            self._below = {} if was_outside else self._below
            return "\n" if was_outside or self.depth == 0 else ""
        if self.depth != 1:
            return ""
        if name == "tr":
            return "" if is_end else self._row()
        return self._let_go() if is_end else self._cell(attributes)

    def _row(self) -> str:
        self._column = self._owed = 0
        self._covered = set(self._below)
        self._below = {column: rows - 1 for column, rows in self._below.items() if rows > 1}
        return "\n"

    def _cell(self, attributes: str) -> str:
        while self._column in self._covered:
            self._column += 1
            self._owed += 1
        tabs = self._let_go()
        spans = {kind.lower(): min(int(number), _MOST_COLUMNS) for kind, number in _SPAN.findall(attributes)}
        wide, high = max(1, spans.get("col", 1)), max(1, spans.get("row", 1))
        if high > 1:
            self._below |= dict.fromkeys(range(self._column, self._column + wide), high - 1)
        self._column += wide
        self._owed = wide
        return tabs

    def _let_go(self) -> str:
        tabs, self._owed = "\t" * self._owed, 0
        return tabs


def _of_wide_spaces(text: str) -> Iterator[str]:
    """Tables of indicators only, from their headings on: elsewhere the labels tell more than the spaces."""
    is_table = False
    for line in text.splitlines(keepends=True):
        is_table = not title_kind(line) and (is_table or _are_headings(line))
        yield _WIDE.sub(_as_tab, line) if is_table else line
        is_table = is_table and not is_one_of(_WIDE.split(line.strip())[0], TOTALS)


def _are_headings(line: str) -> bool:
    """Whether wide spaces part the headings of indicators."""
    words = [looked_up(word, LINES) for word in _WIDE.split(line)]
    return "name" in words and "target_text" in words


def _as_tab(wide: re.Match[str]) -> str:
    """A tab for wide spaces; between two single characters they are there for looks: 项  目."""
    before, after = wide.string[max(0, wide.start() - 2) : wide.start()], wide.string[wide.end() : wide.end() + 2]
    is_for_looks = _SINGLE.fullmatch(before.strip()) and _SINGLE.fullmatch(after.strip())
    return wide[0] if is_for_looks else "\t".ljust(len(wide[0]))


def _of_markdown(text: str) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        content = line.rstrip("\r\n")
        if _RULE.fullmatch(content):
            yield " " * len(line)  # with its line end, or it would be a blank line
        elif _ROW.fullmatch(content) and _is_in_table(lines, number):
            first, last = content.index("|"), content.rindex("|")
            cells = content[first + 1 : last].replace("\t", " ")
            yield " " * (first + 1) + _PARTING.sub("\t", cells) + " " * (len(content) - last) + line[len(content) :]
        else:
            yield line


def _is_in_table(lines: list[str], number: int) -> bool:
    """Whether a line of bars has another one beside it."""
    beside = lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]
    return any(_ROW.fullmatch(line.rstrip("\r\n")) for line in beside)
