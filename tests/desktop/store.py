"""The file the scenes are played on, and what they leave in it."""

from __future__ import annotations

from pathlib import Path

from model.changes import AddProject
from model.records import Evaluation
from storage.store.sqlite import Store
from tests.gui.hands import declared, evaluated, evaluated_line, line


def make_store(path: Path) -> None:
    """A self-evaluation of three lines, and a declaration of one."""
    lines = (
        evaluated_line("a", name="巡检次数", target_text=">=10次", actual_text="10次", points="30"),
        evaluated_line("b", name="培训场次", target_text=">=2场", actual_text="2场", points="30"),
        evaluated_line("c", name="报告份数", target_text=">=2份", actual_text="1份", points="30"),
    )
    other = declared(line("d", name="OA 可用率", target_text=">=99%"), project_id="q", name="OA 系统运维", year=2022)
    with Store.create(path) as made:
        made.apply("导入", (AddProject(evaluated(*lines)), AddProject(other)))


def faults_in(path: Path) -> list[str]:
    """What was typed and is not in the file."""
    with Store.open(path) as store:
        found = [project.of(Evaluation) for project in store.projects()]
    lines = {one.id: one for evaluation in found if evaluation is not None for one in evaluation.indicators}
    wanted = {"实际完成值": (lines["c"].actual_text, "2"), "拼音": (lines["b"].name, "测试")}
    return [f"{what} 是“{there}”，不是“{text}”" for what, (there, text) in wanted.items() if there != text]
