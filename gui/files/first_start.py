"""第一次使用: whose forms they are, where they are kept, and whether to look at the example first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from gui.desk.dialog import Dialog, field_rows, snug
from gui.desk.file_choice import STORE_FILTER, choose_new
from gui.desk.invitation import invite
from gui.desk.later_answers import LaterAnswers
from gui.desk.one_line import keep_to_one_line
from gui.desk.patience import Patience
from gui.desk.wrapped_label import WrappedLabel
from gui.files.target import Target
from model.errors import UserError
from storage.working_copy.waiting import GaveUpError

PROPOSED_NAME = "绩效填报.jixiao"
_WIDTH = 560


class FirstStartDialog(Dialog):
    """Asks once, at the first start. What is typed is handed over, nothing is written here.

    Signals:
        unit_given(str, str): 实施单位 and 主管部门 as typed, "" where nothing was.
        example_wanted(): the example is to be opened instead of a store of one's own.
    """

    losing = "填写的单位还没有保存"
    unit_given = Signal(str, str)
    example_wanted = Signal()

    def __init__(self, folder: Path, begin: Callable[[Path], None], parent: QWidget | None = None) -> None:
        """``folder`` is proposed to keep the data in; ``begin`` makes or opens the store and may raise UserError."""
        lead = "填好下面几项就可以开始，以后都可以在“工具 → 设置”和“文件”菜单中修改。"
        super().__init__("欢迎使用绩效填报助手", lead, "开始", parent)
        self._folder = folder
        self._begin = begin
        self._answers = LaterAnswers(self)
        self.close_button.setText("以后再说")
        self.unit = QLineEdit(self)
        invite(self.unit, "与公章一致，新建项目时自动填入")
        self.department = QLineEdit(self)
        invite(self.department, "新建项目时自动填入")
        self.own = QRadioButton("新建本单位的数据文件", self)
        self.example = QRadioButton("先看填好的示例", self)
        self.path = QLineEdit(str(folder / PROPOSED_NAME), self)
        self.path.setToolTip(self.path.text())  # a long one is seen in part
        self.path.textChanged.connect(self.path.setToolTip)
        keep_to_one_line(self.unit, self.department, self.path)
        self.browse = QPushButton("浏览(&B)…", self)
        self._lay_out()
        self.own.setChecked(True)
        self.own.toggled.connect(self._check)
        for field in (self.unit, self.department, self.path):
            field.textChanged.connect(self._check)
        self.browse.clicked.connect(self._browse)
        self._answers.came.connect(self._check)
        self.setMinimumWidth(_WIDTH)
        self.unit.setFocus()
        self._check()

    def finish(self) -> bool:
        """Hand over what was typed; a file that cannot be made is told here, and the dialog stays."""
        self.unit_given.emit(*self._unit())
        if self.example.isChecked():
            self.example_wanted.emit()
            return True
        try:
            self._begin(Patience(self)(self._target()).path)
        except UserError as error:
            self.tell(str(error))
            self.path.setFocus()
            return False
        return True

    def unsaved(self) -> object:
        """Whose forms they are."""
        return self._unit() if any(self._unit()) else None

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.own)
        group.addButton(self.example)
        self.browse.setAutoDefault(False)
        snug(self.browse)
        self.path.setAccessibleName("数据文件保存到")
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.path, 1)
        place.addWidget(self.browse)
        form = field_rows(
            ("实施单位(&U)", self.unit),
            ("主管部门(&D)", self.department),
            ("开始方式(&F)", self.own),
            ("", self.example),
        )
        label = QLabel("数据文件保存到(&S)", self)
        label.setBuddy(self.path)
        form.addRow(label, place)
        self.content.addLayout(form)
        kept = "所有内容都保存在这一个文件里，可以复制、备份、带走。程序不联网。"
        self.content.addWidget(WrappedLabel(kept, self, is_muted=True))
        self.keep_together()
        self.resize(_WIDTH, 0)

    def _unit(self) -> tuple[str, str]:
        return self.unit.text().strip(), self.department.text().strip()

    def _target(self) -> Target:
        return Target(self.path.text(), self._folder, PROPOSED_NAME)

    def _browse(self) -> None:
        try:
            target = Patience(self)(self._target()).path
        except GaveUpError as error:
            self.tell(str(error))
        else:
            choose_new(self, "数据文件保存到", target, STORE_FILTER, self._take_path)

    def _take_path(self, path: Path) -> None:
        self.path.setText(str(path))
        self.accept_button.setFocus()

    def _check(self) -> None:
        is_own = self.own.isChecked()
        self.path.setEnabled(is_own)
        self.browse.setEnabled(is_own)
        is_named = bool(self.path.text().strip())
        self.tell("" if is_named or not is_own else "请写明数据文件保存到哪里。")
        found = self._answers.ask(self._target()) if is_own and is_named else None
        if found is not None and found.there:
            self.remark(f"“{found.path.name}”已经存在，将直接打开它。")
        elif not is_own and any(self._unit()):
            self.remark("上面填写的不写入示例，新建本单位的数据文件时自动填入。")
        self.allow(is_allowed=is_named or not is_own)
