"""What rooms can do is joined into what the window can be asked to do."""

from __future__ import annotations

import pytest

from gui.desk.desk import Verbs, joined

OF_FILES: Verbs = {"open": lambda: "open"}
OF_PROJECTS: Verbs = {"sort": lambda: "sort"}


def test_that_the_verbs_of_all_rooms_stand_together() -> None:
    assert {name: act() for name, act in joined([OF_FILES, OF_PROJECTS]).items()} == {"open": "open", "sort": "sort"}


def test_that_no_two_rooms_do_the_same_action() -> None:
    with pytest.raises(ValueError, match="two rooms do open"):
        joined([OF_FILES, OF_PROJECTS, {"open": lambda: "another"}])
