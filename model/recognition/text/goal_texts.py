"""The goal texts of a form: under or beside their labels, over pages and with the lines of two columns in turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from model.recognition.labels import FURNITURE, is_one_of, looked_up
from model.recognition.readings import READINGS, title_kind
from model.recognition.text.draft import Draft
from model.recognition.text.labelled import Atom, atoms
from model.recognition.text.pieces import Line, Piece, width
from model.recognition.text.stretches import Stretch

_DONE = re.compile(r"了|已|达到|完成率?为|共|实现了")
_TO_DO = re.compile(r"需|将|应|确保|力争|不少于|不低于|不超过|计划|拟")
_END = "。；;！!？?.”）)"
_VERTICAL = frozenset("绩效指标项目年度总体目资金元（）()")
_ANY_LABEL = 20
_WIDEST_COLUMN = 110
_SENTENCE_END = re.compile(r"[。！](?= )")

Words = Mapping[str, str]


@dataclass(slots=True)
class _Text:
    """A text of the goals: its lines, its column, and whether a blank line parts it from the one before."""

    pieces: list[Piece]
    column: int = 0
    is_after_gap: bool = False
    is_cell: bool = False
    owner: str = ""

    @property
    def widest(self) -> int:
        """How wide its widest line is, in halves of a Chinese character."""
        return max(width(piece.text) for piece in self.pieces)

    def whole(self) -> Piece:
        """The lines as one text: a line goes on in the next one unless it ends a paragraph short of the edge."""
        edge = self.widest
        result = self.pieces[0]
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            is_paragraph = before.text.endswith(("。", "；", "！")) and width(before.text) < edge - 4
            result = result.joined(piece, "\n") if is_paragraph else result.joined(piece)
        return result


def read_goals(stretch: Stretch, draft: Draft, other_widths: Mapping[str, int]) -> dict[str, int]:
    """The goals of a form into the rows of a draft; the widths of their columns, as far as they are known.

    ``other_widths`` are those of the forms read before, which tell whose a single text is.
    """
    words = READINGS[stretch.kind].goals
    lines = stretch.lines[stretch.goals : stretch.table]
    found = atoms(lines, lambda text: _is_label(text, words))
    names = {name: atom.piece for atom in found if atom.is_label and (name := looked_up(atom.piece.text, words))}
    columns = {
        name: atom.piece.column
        for atom in reversed(found)
        if atom.is_label and atom.is_cell and (name := looked_up(atom.piece.text, words))
    }
    texts = _texts(lines, found, words)
    if not READINGS[stretch.kind].has_money_columns:
        _own_declared(texts, list(names), columns, draft)
    else:
        _own_evaluated(texts, list(names), columns, other_widths, draft)
    widths: dict[str, int] = {}
    for name, label in names.items():
        mine = [text for text in texts if text.owner == name]
        draft.add(label, _together(name, mine, draft) if mine else None)
        if mine and not mine[0].is_cell and len(mine[0].pieces) > 1:
            widths[name] = mine[0].widest
    for text in texts:
        if text.owner not in names:
            draft.leave(text.whole())
    return widths


def _is_label(text: str, words: Words) -> bool:
    return len(text) <= _ANY_LABEL and (looked_up(text, words) is not None or is_one_of(text, FURNITURE))


def _texts(lines: Sequence[Line], found: Sequence[Atom], words: Words) -> list[_Text]:
    """What is no label: each cell for itself, the lines of words up to the next blank line together."""
    texts: list[_Text] = []
    owner = ""
    seen_label = False
    taken: set[int] = set()
    for atom in found:
        line = lines[atom.line]
        text = atom.piece.text
        if atom.is_label:
            name = looked_up(text, words)
            seen_label = True
            if name is not None:
                owner = name
            taken.add(atom.line)
            continue
        if title_kind(text) or (not atom.is_cell and set(text) <= _VERTICAL and len(text) <= 2):
            continue
        goes_on = texts and not atom.is_cell and not texts[-1].is_cell and not line.is_after_gap and not seen_label
        if goes_on:
            texts[-1].pieces.append(atom.piece)
        else:
            inline = owner if seen_label and (atom.line in taken) else ""
            texts.append(_Text([atom.piece], atom.piece.column, line.is_after_gap, atom.is_cell, inline))
        seen_label = False
    return texts


def _own_declared(texts: Sequence[_Text], names: Sequence[str], columns: Mapping[str, int], draft: Draft) -> None:
    """Whose each text of a declaration is."""
    last = ""
    gaps = sum(text.is_after_gap for text in texts)
    for text in texts:
        if text.owner and (len(names) == 1 or text.is_cell is False):
            last = text.owner
            continue
        by_column = max((name for name in columns if columns[name] <= text.column), key=columns.__getitem__, default="")
        if len(names) == 1:
            text.owner = names[0]
        elif not text.is_cell:
            text.owner = last or "annual_goal"
            if text.owner in names and len(names) > 1:
                draft.infer(text.owner, "两个目标只有一段文字，按年度总体目标导入", *text.pieces, alternative="")
        elif last and text.is_after_gap and by_column != last and gaps < 2:
            draft.infer(last, "接着上一页的文字导入", text.pieces[0], alternative=_so_far(texts, last))
            text.owner = last
        elif by_column and columns.get(by_column) != text.column and by_column == "overall_goal":
            text.owner = last or "annual_goal"
            draft.infer(text.owner, "文字没有印在栏目下面，按年度总体目标导入", text.pieces[0], alternative="")
        else:
            text.owner = by_column or last or (names[-1] if names else "")
        last = text.owner


def _so_far(texts: Sequence[_Text], owner: str) -> str:
    return "".join(piece.text for text in texts if text.owner == owner for piece in text.pieces)


def _own_evaluated(
    texts: list[_Text],
    names: Sequence[str],
    columns: Mapping[str, int],
    other_widths: Mapping[str, int],
    draft: Draft,
) -> None:
    """Whose each text of a self-evaluation is: by its column, else by the width of its lines and their order."""
    loose = []
    for text in texts:
        if text.owner and len(names) == 1:
            continue
        if text.is_cell and columns:
            text.owner = max(
                (name for name in columns if columns[name] <= text.column), key=columns.__getitem__, default=names[0]
            )
        else:
            loose.append(text)
    if not loose or not names:
        return
    if len(names) == 1:
        for text in loose:
            text.owner = names[0]
        return
    if len(loose) == 1 and (parts := _divided(loose[0])):
        place = texts.index(loose[0])
        texts[place : place + 1] = parts
        for name, part in zip(names, parts, strict=False):
            part.owner = name
        draft.infer(names[1], "两栏的文字之间没有空行，按行宽和句号分开，请核对", *parts[1].pieces, alternative="")
        return
    if len(loose) == 1:
        _own_single(loose[0], other_widths, draft)
        return
    split = _parting(loose)
    for place, text in enumerate(loose):
        text.owner = names[0] if place < split else names[1]
    if len(loose) > 2:
        text = loose[split]
        draft.infer(text.owner, "两栏的文字分成几段，按行宽分到两栏，请核对", text.pieces[0], alternative=None)


def _divided(text: _Text) -> list[_Text] | None:
    """One text that is those of both columns, as two; None where nothing says that it is two."""
    if len(text.pieces) == 1:
        return _divided_line(text.pieces[0])
    if all(width(piece.text) > _WIDEST_COLUMN for piece in text.pieces[:-1]):
        turns = _turns(text.pieces)
        cut = max(range(1, len(text.pieces)), key=turns.__getitem__)
    else:
        ragged = _ragged(text.pieces)
        cut = min(range(1, len(text.pieces)), key=ragged.__getitem__)
        if ragged[cut] * 2 > ragged[-1]:
            return None
    return [_Text(list(pieces)) for pieces in (text.pieces[:cut], text.pieces[cut:])]


def _divided_line(piece: Piece) -> list[_Text] | None:
    """A line with both texts, parted by a space after the end of a sentence."""
    spaces = [match.start() for match in _SENTENCE_END.finditer(piece.text)]
    if not spaces:
        return None
    middle = len(piece.text) // 2
    cut = min(spaces, key=lambda space: abs(space - middle))
    halves = (piece.text[: cut + 1], piece.text[cut + 2 :])
    return [_Text([Piece(half, piece.start, piece.end)]) for half in halves]


def _turns(pieces: Sequence[Piece]) -> list[int]:
    """For each cut, how much more what is before it speaks of what is to come, and what is after it of what was done.

    The text is never put together, so that a long one takes no longer for each of its lines.
    """
    lean = [len(_TO_DO.findall(piece.text)) - len(_DONE.findall(piece.text)) for piece in pieces]
    total = sum(lean)
    return [2 * before - total for before in accumulate(lean, initial=0)]


def _ragged(pieces: Sequence[Piece]) -> list[int]:
    """For each cut, how far the lines before and after it are from filling columns."""
    widths = [width(piece.text) for piece in pieces]
    before = [0, *(edge * count - sum_ for count, edge, sum_ in _filled(widths))]
    backwards = [widths[-1], *reversed(widths[:-1])]  # the last line of a part need not be full
    edges = [0, *accumulate(backwards, max)]
    sums = [0, 0, *accumulate(backwards[1:])]
    after = [edge * max(count - 1, 0) - sum_ for count, (edge, sum_) in enumerate(zip(edges, sums, strict=True))]
    return [one + other for one, other in zip(before, reversed(after), strict=True)]


def _filled(widths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """For the first line, the first two, …: how many there are but the last, the widest, and all but the last."""
    edge = total = 0
    for count, one in enumerate(widths):
        edge = max(edge, one)
        yield count, edge, total
        total += one


def _own_single(text: _Text, other_widths: Mapping[str, int], draft: Draft) -> None:
    """The only text: its column by its width where other forms of the text show it, else by its words."""
    expected, actual = (other_widths.get(name) for name in ("expected_goal", "actual_completion"))
    whole = text.whole().text
    if expected and actual and abs(expected - actual) > 4 and len(text.pieces) > 1:
        nearer = "expected_goal" if abs(text.widest - expected) < abs(text.widest - actual) else "actual_completion"
        why = "按行宽"
    else:
        nearer = "actual_completion" if len(_DONE.findall(whole)) > len(_TO_DO.findall(whole)) else "expected_goal"
        why = "按文字"
    text.owner = nearer
    label = "实际完成情况" if nearer == "actual_completion" else "预期目标"
    draft.infer(nearer, f"两栏只有一段文字，{why}归到{label}", *text.pieces, alternative="")


def _parting(texts: Sequence[_Text]) -> int:
    """After how many texts the second column begins: where the widths of the lines change most."""
    if len(texts) == 2:
        return 1

    widest = [text.widest for text in texts]
    lines = [one if len(text.pieces) > 1 else None for one, text in zip(widest, texts, strict=True)]
    left = _ranges(lines, widest[0])
    right = _ranges(reversed(lines), widest[-1])[::-1]

    def cost(split: int) -> tuple[int, int]:
        (least, most), (other_least, other_most) = left[split], right[split]
        return (most - least) + (other_most - other_least), -abs(most - other_most)

    return min(range(1, len(texts)), key=cost)


def _ranges(widths: Iterable[int | None], otherwise: int) -> list[tuple[int, int]]:
    """The least and the most of none, the first, the first two, …; of the other width where there is none."""
    found: list[tuple[int, int]] = [(otherwise, otherwise)]
    seen: tuple[int, int] | None = None
    for one in widths:
        if one is not None:
            seen = (one, one) if seen is None else (min(seen[0], one), max(seen[1], one))
        found.append(seen or (otherwise, otherwise))
    return found


def _together(name: str, texts: Sequence[_Text], draft: Draft) -> Piece:
    """The texts of one goal as one: a sentence that is not over goes on, another one is a paragraph."""
    whole = texts[0].whole()
    for text in texts[1:]:
        following = text.whole()
        is_over = whole.text.endswith(tuple(_END))
        before = whole.text
        whole = whole.joined(following, "\n") if is_over else whole.joined(following)
        if text.is_cell and not any(inference.field == name for inference in draft.inferences):
            draft.infer(name, "接着上一页的文字导入", following, alternative=before)
    return whole
