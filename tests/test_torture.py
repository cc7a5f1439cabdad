"""The torture programmes' own running: a control has to fail, and not by luck."""

from __future__ import annotations

from pathlib import Path

from tests.torture.running import until_it_fails
from tests.torture.tally import Run, Tally


def _finding_from(seed: int, tried: list[int]) -> Tally:
    tally = Tally(faults=3)
    if tried[-1] >= seed:
        tally.note("lost", "seen")
    return tally


def test_that_a_control_that_sees_nothing_by_chance_is_tried_again_with_another_seed_and_counted_whole(
    tmp_path: Path,
) -> None:
    tried: list[int] = []

    def control(run: Run) -> Tally:
        assert run.folder.is_dir()
        assert " " not in run.folder.name  # a library that is loaded before others stands in it
        assert not list(run.folder.iterdir())
        (run.folder / "left").touch()
        tried.append(run.seed)
        return _finding_from(102, tried)

    found = until_it_fails(control, Run(3, 100, tmp_path / "control"))

    assert tried == [100, 101, 102]
    assert (found.lost, found.faults) == (1, 9)


def test_that_a_control_that_never_fails_is_given_up_and_told(tmp_path: Path) -> None:
    tried: list[int] = []

    def control(run: Run) -> Tally:
        tried.append(run.seed)
        return _finding_from(10**9, tried)

    assert until_it_fails(control, Run(3, 0, tmp_path / "control")).failures == 0
    assert len(set(tried)) == len(tried) == 10
