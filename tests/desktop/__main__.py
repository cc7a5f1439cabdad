"""Scenes of a clerk at the keyboard of a real desktop, and what a screen reader is told of each.

Started by tests/desktop/desktop.sh. Prints a line a scene; ends with 1 when one of them is not as promised.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from model.changes import AddProject
from model.records import Evaluation, Form
from storage.store.sqlite import Store
from tests.desktop.screen import Screen, Told
from tests.gui.hands import evaluated, evaluated_line

NAMES_AT_MOST = 6
Scene = tuple[str, Callable[[Screen], Told], Callable[[Told], list[str]]]


def main(folder: Path) -> int:
    """Play all scenes on a store of three lines, then look into the file."""
    store = folder / "桌面.jixiao"
    lines = (
        evaluated_line("a", name="巡检次数", target_text=">=10次", actual_text="10次", points="30"),
        evaluated_line("b", name="培训场次", target_text=">=2场", actual_text="2场", points="30"),
        evaluated_line("c", name="报告份数", target_text=">=2份", actual_text="1份", points="30"),
    )
    with Store.create(store) as made:
        made.apply("导入", (AddProject(evaluated(*lines)),))
    wrong = 0
    with Screen(folder, store) as screen:
        for name, play, judge in SCENES:
            faults = judge(play(screen))
            wrong += bool(faults)
            print(f"{'FAILED' if faults else 'ok    '}  {name}{'：' if faults else ''}{'；'.join(faults)}", flush=True)
    faults = _in_file(store)
    print(f"{'FAILED' if faults else 'ok    '}  文件里是打进去的字{'：' if faults else ''}{'；'.join(faults)}")
    return 1 if wrong or faults else 0


def _in_file(path: Path) -> list[str]:
    with Store.open(path) as store:
        evaluation = store.projects()[0].of(Evaluation)
    assert evaluation is not None
    found = {line.id: line for line in evaluation.indicators}
    wanted = {"实际完成值": (found["c"].actual_text, "2"), "拼音": (found["b"].name, "测试")}
    return [f"{what} 是“{there}”，不是“{text}”" for what, (there, text) in wanted.items() if there != text]


# What is promised (docs/ux.md §2)


def _lands_on(*parts: str) -> Callable[[Told], list[str]]:
    """The last focus is a cell or field that says this, and few names changed on the way."""

    def judge(told: Told) -> list[str]:
        faults = [] if all(part in told.focused for part in parts) else [f"焦点在“{told.focused}”"]
        if len(told.names) > NAMES_AT_MOST:
            faults.append(f"改了 {len(told.names)} 个名称")
        again = {name for name in told.names if told.names.count(name) > 1}
        return faults + ([f"名称没变也说：{'、'.join(sorted(again))}"] if again else [])

    return judge


def _announces(*parts: str) -> Callable[[Told], list[str]]:
    """One announcement says all of this."""

    def judge(told: Told) -> list[str]:
        if len(told.announced) != 1:
            return [f"播报了 {len(told.announced)} 次：{told.announced}"]
        return [f"播报“{told.announced[0]}”里没有“{part}”" for part in parts if part not in told.announced[0]]

    return judge


def _opens_editor(*parts: str) -> Callable[[Told], list[str]]:
    """The editor has the focus before its caret moves."""

    def judge(told: Told) -> list[str]:
        faults = _lands_on(*parts)(told)
        kinds = [event.kind for event in told.events if event.gained or event.is_caret]
        carets = [at for at, kind in enumerate(kinds) if "caret" in kind]
        focus = [at for at, kind in enumerate(kinds) if "focused" in kind]
        if carets and (not focus or min(carets) < min(focus)):
            faults.append("光标的消息在焦点之前")
        return faults

    return judge


def _walks(told: Told) -> list[str]:
    """Every stop of F6 has a name."""
    stops = [event.name for event in told.events if "focused" in event.kind and event.gained and event.role != "filler"]
    return [] if len(stops) >= 3 and all(stops) else [f"停在 {stops}"]


def _nothing(told: Told) -> list[str]:
    return []


def _back(screen: Screen) -> Told:
    """To the first name, and one step down."""
    screen.told("ctrl+Home", pause=0.5)
    return screen.told("Down")


def _pinyin(screen: Screen) -> Told:
    screen.input_method("libpinyin")
    told = screen.told("c", "e", "s", "h", "i", "space", "Return", pause=0.4)
    screen.input_method("xkb:us::eng")
    return told


SCENES: tuple[Scene, ...] = (
    ("绩效自评的表得到焦点", lambda screen: screen.told("ctrl+2", "ctrl+Home"), _nothing),
    ("绩效自评第一行的得分说明打开", lambda screen: screen.told("Down", "Up"), _nothing),
    ("↓ 到下一行，读出那一格", lambda screen: screen.told("Down"), _lands_on("培训场次")),
    ("→ 到指标值，读出那一格", lambda screen: screen.told("Right"), _lands_on(">=2场")),
    ("F2 打开编辑框，先得焦点再动光标", lambda screen: screen.told("F2"), _opens_editor("年度指标值，培训场次")),
    ("Esc 回到那一格", lambda screen: screen.told("Escape", "Escape"), _lands_on(">=2场")),
    (
        "输入完成值按 Enter，一次播报得分和总分",
        lambda screen: screen.told("Down", "Right", "2", "Return"),
        _announces("得分 30.00", "总分"),
    ),
    ("Ctrl+Z 播报撤销了什么", lambda screen: screen.told("ctrl+z"), _announces("已撤销", "实际完成值")),
    ("Ctrl+Y 播报得分", lambda screen: screen.told("ctrl+y"), _announces("总分")),
    ("Ctrl+Home、↓ 到第二行的名称", _back, _lands_on("培训场次")),
    ("拼音输入法在格子里打字", _pinyin, _announces("总分")),
    ("F8 播报问题", lambda screen: screen.told("F8"), _announces("错误")),
    ("F6 每一站都有名称", lambda screen: screen.told("F6", "F6", "F6", "F6", pause=0.5), _walks),
)

if __name__ == "__main__":
    started = time.monotonic()
    code = main(Path(sys.argv[1]))
    print(f"{len(SCENES) + 1} scenes in {time.monotonic() - started:.0f} s; form {Form.EVALUATION}")
    sys.exit(code)
