"""How somebody waits for a shared folder that may not answer: a verb as long as it takes, a window as its person likes.

A call into the folder of a computer that went away ends after minutes, or never, and nothing can end it from outside
(reliability.md §5.4).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from model.errors import UserError

Result = TypeVar("Result")


class GaveUpError(UserError):
    """The folder did not answer, and the person did not want to wait any longer."""

    def __init__(self) -> None:
        super().__init__("网络文件夹没有回应，没有再等下去。\n已经写下的内容都在，没有丢失。请检查网络，连上以后再试。")


class Waiting(Protocol):
    """Does ``work``, which may meet a folder that does not answer, and gives what comes of it.

    It may be done in another thread. Raises what the work raises, and GaveUpError when nobody waits any more: the work
    then goes on alone, and if it comes to a good end after all, ``undo`` takes it back.
    """

    def __call__(self, work: Callable[[], Result], undo: Callable[[], object] | None = None) -> Result:
        """Do the work, or leave it."""


def not_at_all(work: Callable[[], Result], undo: Callable[[], object] | None = None) -> Result:
    """A folder that was given up a moment ago is not asked once more."""
    del work, undo
    raise GaveUpError


def as_long_as_it_takes(work: Callable[[], Result], undo: Callable[[], object] | None = None) -> Result:
    """Wait in this thread: nobody is kept from anything."""
    del undo
    return work()
