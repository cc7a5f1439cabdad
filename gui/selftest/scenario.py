"""The whole main job, by the keyboard alone: the end-to-end test and ``--selftest`` both play it.

New project, funding, goal, ten indicators (three pasted as a block), a mistake seen and fixed by its quick fix, undo
and redo across a restart, self-evaluation with units that need converting, export. Every step checks what the
document holds afterwards and raises :class:`WrongError` when that is not what a clerk would expect.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gui.files.export import ExportDialog
from gui.main_window import MainWindow
from gui.selftest.typist import Typist, describe
from gui.table.grid import Grid
from model.records import Declaration, Evaluation, Indicator
from model.values.taxonomy import level1_of
from storage.excel import read_workbook_cells

NAME = "科技热线运行维护"
GOAL = "保障热线全年不中断服务，支持200用户并发访问，网页响应时间小于2秒，有效工单量不少于4万个，用户满意度不低于90%。"
DONE = "全年热线未中断，并发访问、响应时间和工单量均达到目标，用户满意度达到预期。"
REASON = "两次停机均为机房供电检修，已增配备用电源。"

# second level → name, target as typed, target as printed
TYPED: tuple[tuple[str, str, str, str], ...] = (
    ("数量指标", "并发用户数", "=200人", "=200.00(人)"),
    ("数量指标", "有效工单量", "不少于4万个", "≥4.00(万个)"),
    ("质量指标", "工单办结率", "=100％", "=100.00(%)"),
    ("质量指标", "系统故障数", "<8次", "<8.00(次)"),
    ("时效指标", "系统响应时间", "小于2秒", "<2.00(秒)"),
    ("社会效益指标", "用户回访量", "≥4000个", "≥4000.00(个)"),
    ("服务对象满意度指标", "用户满意度", "≥90%", "≥90.00(%)"),
)
PASTED: tuple[tuple[str, str], ...] = (("应急演练", "=1次"), ("业务专线", "=2根"), ("电话总量", ">=40000个"))
# name → actual value as typed, score it must get
ACTUALS: dict[str, tuple[str, str]] = {
    "并发用户数": ("200人", "full"),
    "有效工单量": ("67818个", "full"),
    "应急演练": ("1次", "full"),
    "业务专线": ("2根", "full"),
    "电话总量": ("4.5万个", "full"),
    "工单办结率": ("100%", "full"),
    "系统故障数": ("10次", "short"),
    "系统响应时间": ("21ms", "full"),
    "用户回访量": ("4572个", "full"),
    "用户满意度": ("99.91%", "full"),
}
BUDGET, SPENT = "300000", "255300"


class WrongError(AssertionError):
    """The program did something a clerk would not expect."""


class Scenario:
    """Plays the main job in a window on a new store. ``open_window`` makes a shown window on a store."""

    def __init__(self, store: Path, open_window: Callable[[Path], MainWindow]) -> None:
        self.store = store
        self._open_window = open_window
        self.window = open_window(store)
        self.typist = Typist(self.window)
        self.typist.wait("the window is active", self.window.isActiveWindow)

    # The steps, in order

    def start_project(self) -> None:
        """Ctrl+N, the facts, Enter."""
        self.typist.control(Qt.Key.Key_N)
        self.typist.tab_to("项目名称")
        self.typist.type(NAME)
        self.typist.tab_to("主管部门")
        self.typist.replace("上海市科学技术委员会")
        self.typist.tab_to("实施单位")
        self.typist.replace("上海市研发公共服务平台管理中心")
        self.typist.press(Qt.Key.Key_Return)
        self.typist.wait("the project is on screen", lambda: self.window.document.project is not None)
        self._expect(self.window.document.project is not None, "no project")

    def fill_header(self) -> None:
        """Nature, category, funding and goal; the total follows by itself."""
        for name, text in (
            ("项目性质", "其他一次性项目"),
            ("项目类别", "特定目标类"),
            ("年度资金申请总额：当年财政拨款", BUDGET),
            ("年度资金申请总额：上年结转资金", "0"),
            ("年度资金申请总额：其他资金", "0"),
            ("年度总体目标", GOAL),
        ):
            self._open_fields()
            self.typist.tab_to(name)
            self.typist.replace(text)
            self.typist.press(Qt.Key.Key_Tab)
        declaration = self._declaration()
        self._expect(declaration.total_requested.replace(",", "") == "300000.00", declaration.total_requested)
        self._expect(declaration.annual_goal == GOAL, declaration.annual_goal)

    def enter_indicators(self) -> None:
        """Seven indicators typed under their second levels."""
        self._to_table()
        for level2, name, typed, _ in TYPED:
            has_row = self._go_to_level(level2)
            self.typist.control(Qt.Key.Key_Return)
            self.typist.type(name)
            self.typist.press(Qt.Key.Key_Tab)
            self.typist.type(typed)
            self.typist.press(Qt.Key.Key_Return)
            if not has_row:
                self._write(self._line(name), "level2", level2)
        lines = self._declaration().indicators
        self._expect([line.name for line in lines] == [name for _, name, _, _ in TYPED], str(lines))
        self._expect([line.target_text for line in lines] == [typed for _, _, typed, _ in TYPED], str(lines))

    def paste_block(self) -> None:
        """Three more from Excel, as one undo step."""
        before = self.window.document.undo_stack.count()
        self._go_to_level("数量指标")
        self.typist.paste_as_new("".join(f"{name}\t{value}\r\n" for name, value in PASTED))
        lines = self._declaration().indicators
        self._expect(len(lines) == len(TYPED) + len(PASTED), f"{len(lines)} lines")
        self._expect(self.window.document.undo_stack.count() == before + 1, "the paste is not one step")
        pasted = [line for line in lines if line.name in dict(PASTED)]
        self._expect(all(line.level2 == "数量指标" for line in pasted), str(pasted))

    def fix_mistake(self) -> None:
        """A full-width ％ is spelled as the form prints it; F8 goes there and the quick fix mends it."""
        self._fix("VAL-007")
        self._expect(self._line("工单办结率").target_text == "=100.00(%)", self._line("工单办结率").target_text)

    def undo_across_restart(self) -> None:
        """Close, open again, and Ctrl+Z still takes the fix back; Ctrl+Y does it again."""
        self.window.close()
        self.typist.settle()
        self.window = self._open_window(self.store)
        self.typist = Typist(self.window)
        self.typist.wait("the project is on screen again", lambda: self.window.document.project is not None)
        self._to_table()
        self.typist.control(Qt.Key.Key_Z)
        self._expect(self._line("工单办结率").target_text == "=100％", self._line("工单办结率").target_text)
        self.typist.control(Qt.Key.Key_Y)
        self._expect(self._line("工单办结率").target_text == "=100.00(%)", self._line("工单办结率").target_text)

    def start_evaluation(self) -> None:
        """The self-evaluation brings goal, lines and targets along; points are distributed."""
        self.typist.control(Qt.Key.Key_2)
        self.typist.tab_to(START_EVALUATION)
        self.typist.press(Qt.Key.Key_Space)
        evaluation = self._evaluation()
        self._expect(len(evaluation.indicators) == len(ACTUALS), f"{len(evaluation.indicators)} lines")
        self._expect(evaluation.expected_goal == GOAL, evaluation.expected_goal)
        self._fix("EVL-005")
        self._expect(all(line.points for line in self._evaluation().indicators), "lines without points")

    def fill_evaluation(self) -> None:
        """Money, text and actual values in other units than the targets."""
        for name, text in (
            ("全年预算数：当年财政拨款", BUDGET),
            ("全年执行数：当年财政拨款", SPENT),
            ("实际完成情况", DONE),
        ):
            self._open_fields()
            self.typist.tab_to(name)
            self.typist.replace(text)
            self.typist.press(Qt.Key.Key_Tab)
        self._to_table()
        for line in self._evaluation().indicators:
            self._write(line, "actual_text", ACTUALS[line.name][0])
        self._write(self._line("系统故障数"), "deviation_reason", REASON)
        score = self.window.document.score
        assert score is not None
        for line, line_score in zip(self._evaluation().indicators, score.lines, strict=True):
            is_full = line_score.score == line_score.points
            self._expect(is_full == (ACTUALS[line.name][1] == "full"), f"{line.name}: {line_score.explanation}")
        self._expect(score.execution.rate_text == "85.10%", score.execution.rate_text)
        self._expect(score.total is not None, score.total_text)

    def export(self, path: Path) -> None:
        """Ctrl+E, the path, Enter; the workbook holds the values as the form prints them."""
        self.typist.control(Qt.Key.Key_E)
        dialog = QApplication.activeModalWidget()
        self._expect(isinstance(dialog, ExportDialog), describe(dialog))
        self.typist.tab_to("保存到")
        self.typist.replace(str(path))
        self.typist.press(Qt.Key.Key_Return)
        self.typist.wait("the workbook is written and checked", lambda: QApplication.activeModalWidget() is None)
        texts = [text for sheet in read_workbook_cells(path) for text in sheet.texts.values()]
        for _, name, _, printed in TYPED:
            self._expect(name in texts and printed in texts, f"{name} {printed} is not in the workbook")

    # Inside

    def _expect(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            raise WrongError(otherwise)

    def _declaration(self) -> Declaration:
        project = self.window.document.saved_project
        assert project is not None
        declaration = project.of(Declaration)
        assert declaration is not None
        return declaration

    def _evaluation(self) -> Evaluation:
        project = self.window.document.saved_project
        assert project is not None
        evaluation = project.of(Evaluation)
        assert evaluation is not None
        return evaluation

    def _line(self, name: str) -> Indicator:
        """The line of the form on screen with this name."""
        project = self.window.document.saved_project
        assert project is not None
        return next(line for line in project.indicators(self.window.document.form) if line.name == name)

    def _fix(self, rule: str) -> None:
        """F8 until the finding of a rule is current, then Ctrl+. does what is offered, and the finding is gone."""
        for _ in range(len(self.window.document.findings) + 1):
            self.typist.press(Qt.Key.Key_F8)
            finding = self.window.findings_panel.current()
            if finding is not None and finding.rule == rule:
                break
        self.typist.control(Qt.Key.Key_Period)
        rules = {finding.rule for finding in self.window.document.findings}
        self._expect(rule not in rules, f"{rule} is still there")

    def _open_fields(self) -> None:
        """F3 opens the fields above the table, or closes them; they must be open now."""
        panel = self.window.page.page.panel
        if not panel.is_open:
            self.typist.press(Qt.Key.Key_F3)
        elif not panel.isAncestorOf(QApplication.focusWidget() or self.window):
            self.typist.press(Qt.Key.Key_F3, times=2)

    def _to_table(self) -> None:
        """F6 walks from pane to pane until the table has the keyboard."""
        for _ in range(8):
            if QApplication.focusWidget() is self.window.page.table:
                return
            self.typist.press(Qt.Key.Key_F6)
        raise WrongError(f"F6 never reached the table: {describe(QApplication.focusWidget())}")

    def _go_to_level(self, label: str) -> bool:
        """Ctrl+Home, then ↓ to the first row of a second level, or of its first level while it has none."""
        rows = self.window.page.table.rows.rows
        has_row = any(row.levels[1] == label for row in rows)
        self.typist.control(Qt.Key.Key_Home)
        for row in rows:
            if row.levels[1] == label or (not has_row and row.levels[0] == level1_of(label)):
                return has_row
            self.typist.press(Qt.Key.Key_Down)
        raise WrongError(f"the cursor never reached {label}")

    def _write(self, line: Indicator, field: str, text: str) -> None:
        """Walk to a cell with the arrow keys and type into it."""
        table = self.window.page.table
        self.typist.control(Qt.Key.Key_Home)
        for _ in range(60):
            if table.current_id() == line.id:
                break
            self.typist.press(Qt.Key.Key_Down)
        self.typist.press(Qt.Key.Key_Home)  # from the name to the first column
        for _ in range(10):
            if _field(table) == field:
                break
            self.typist.press(Qt.Key.Key_Right)
        self._expect(table.current_id() == line.id and _field(table) == field, f"no way to {line.name} {field}")
        self.typist.type(text)
        self.typist.press(Qt.Key.Key_Return)


def _field(table: Grid) -> str:
    """The field of the column the cursor is in."""
    return table.rows.field(table.currentIndex())


START_EVALUATION = "开始绩效自评（带入申报表指标）"
