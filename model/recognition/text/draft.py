"""A form as it is put together from a text: rows for the reader of grids, each text with its passage of the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from model.recognition.grid import Grid, Place
from model.recognition.inferences import Inference, Span
from model.recognition.text.pieces import Piece

Written = Piece | str | None
"""A text of the source, a label the reader writes itself, or nothing."""


@dataclass(slots=True)
class Draft:
    """The rows of one form.

    ``unplaced`` are texts no place was found for, with what is said of each; ``left_out`` are those told together.
    """

    rows: list[Sequence[Written]] = field(default_factory=list)
    inferences: list[Inference] = field(default_factory=list)
    unplaced: list[tuple[str, Piece]] = field(default_factory=list)
    left_out: list[tuple[str, Sequence[Piece]]] = field(default_factory=list)

    def add(self, *cells: Written) -> None:
        """One row more."""
        self.rows.append(cells)

    def infer(
        self, cell: str, what: str, *pieces: Piece, alternative: str | None = None, line: int | None = None
    ) -> None:
        """One decision more, about the passage the pieces span."""
        self.inferences.append(Inference(cell, line, what, alternative, span_of(*pieces)))

    def leave(self, piece: Piece, what: str = "没有对应的栏目，没有导入") -> None:
        """Tell of a text that found no place."""
        self.unplaced.append((what, piece))

    def grid(self) -> tuple[Grid, dict[Place, Piece]]:
        """The rows as a grid, and where each of its texts comes from."""
        texts: dict[Place, str] = {}
        sources: dict[Place, Piece] = {}
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if cell is None or cell == "":
                    continue
                texts[row, column] = cell if isinstance(cell, str) else cell.text
                if isinstance(cell, Piece):
                    sources[row, column] = cell
        return Grid(texts), sources


def span_of(*pieces: Piece) -> Span | None:
    """The passage from the first to the last of some pieces."""
    if not pieces:
        return None
    return Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
