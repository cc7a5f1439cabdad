"""Prints the table of accuracy: what is read again of forms whose right values are known.

python -m tests.accuracy [-v] [--open]     -v prints every difference; --open leaves out the forms held back
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from model.recognition import RecognisedForm
from tests.accuracy.compared import Right, Tally, compared, right_forms
from tests.accuracy.layouts import DRAWINGS, STYLES
from tests.accuracy.read_back import read_back
from tests.accuracy.sources import SOURCES

_HEAD = ("source", "forms", "header", "money", "dates", "goals", "rows", "names", "values", "level2", "told")
_TAIL = ("inferences", "invented", "seconds", "peak MB")


def main(arguments: Sequence[str]) -> None:
    """Print a line for each source of forms, and beside the published text one for the forms held back."""
    print(" | ".join((*_HEAD, *_TAIL)))
    for name, read in SOURCES.items():
        for line in _lines(name, read, is_open="--open" in arguments, is_verbose="-v" in arguments):
            print(line)
    for drawing, draw in DRAWINGS.items():
        for style in STYLES:
            tally, told = read_back(style, draw)
            print(f"{style}, {drawing} | {_figures(tally)} | |")
            if "-v" in arguments:
                print(*(f"    {difference}" for difference in told), sep="\n")


def _lines(
    name: str, read: Callable[[str], tuple[RecognisedForm, ...]], *, is_open: bool, is_verbose: bool
) -> Iterator[str]:
    found: dict[str, tuple[RecognisedForm, ...]] = {}
    right = right_forms()
    tracemalloc.start()
    for stem in right:
        read(stem)  # makes the files that are to be read, too
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    started = perf_counter()
    for stem in right:
        found[stem] = read(stem)
    seconds = perf_counter() - started
    choices: dict[str, Callable[[Right], bool]] = {"built on": lambda one: not one.is_held_back}
    if not is_open:
        choices |= {"held back": lambda one: one.is_held_back, "all": lambda _: True}
    for choice, is_wanted in choices.items():
        total = Tally()
        differences: list[str] = []
        for stem, forms in right.items():
            wanted = [one for one in forms if is_wanted(one)]
            tally, told = compared(_own(found[stem], forms, wanted), wanted)
            total += tally
            differences += told
        yield f"{name}, {choice} | {_figures(total)} | {seconds:.2f} | {peak:.1f}"
        if is_verbose:
            yield from (f"    {difference}" for difference in differences)


def _own(found: Sequence[RecognisedForm], forms: Sequence[Right], wanted: Sequence[Right]) -> list[RecognisedForm]:
    """The forms read in the places of the wanted ones, where as many were read as there are."""
    if len(found) != len(forms):
        return list(found)
    return [form for form, one in zip(found, forms, strict=True) if one in wanted]


def _figures(total: Tally) -> str:
    pairs = ("forms", "header", "money", "dates", "goals", "rows")
    figures = [f"{getattr(total, name)}/{getattr(total, f'all_{name}')}" for name in pairs]
    figures += [f"{getattr(total, name)}/{total.all_rows}" for name in ("names", "values", "level2")]
    figures.append(f"{total.told}/{total.rows - total.level2}")
    return " | ".join((*figures, str(total.inferences), str(total.invented)))


if __name__ == "__main__":
    main(sys.argv[1:])
