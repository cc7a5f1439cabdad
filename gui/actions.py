"""Everything the window can be asked to do: words, keys and glyphs in one table, menus and toolbar made from it.

What an action does is in the ``verbs.py`` of its room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton

from gui.desk.icons import icon
from gui.desk.theme import Appearance, AppearanceChoice, Theme


class Needs(StrEnum):
    """What must be there for an action to make sense."""

    NOTHING = "nothing"
    STORE = "store"
    PROJECT = "project"
    FORM = "form"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. ``keys`` are its shortcut in the whole window; ``table_keys`` are the table's own, shown only.

    ``also`` is a second key, where input methods may take the first.
    """

    name: str
    text: str
    keys: str = ""
    table_keys: str = ""
    icon: str = ""
    needs: Needs = Needs.NOTHING
    is_checkable: bool = False
    also: str = ""


_N, _S, _P, _F, _E = Needs.NOTHING, Needs.STORE, Needs.PROJECT, Needs.FORM, Needs.EVALUATION

MENUS: tuple[tuple[str, tuple[Spec | None, ...]], ...] = (
    (
        "文件(&F)",
        (
            Spec("new_store", "新建数据文件…", "Ctrl+Shift+N", icon="project"),
            Spec("open_store", "打开…", "Ctrl+O", icon="open"),
            Spec("recent", "最近打开"),
            Spec("open_example", "打开示例", icon="example"),
            None,
            Spec("import", "导入…", "Ctrl+I", icon="import", needs=_S),
            Spec("export", "导出 Excel…", "Ctrl+E", icon="export", needs=_S),
            Spec("print", "打印…", "Ctrl+P", needs=_S),
            None,
            Spec("save", "保存", "Ctrl+S", needs=_S),
            Spec("back_up", "立即备份", needs=_S),
            Spec("restore", "恢复备份…", icon="restore"),
            Spec("work_on_copy", "网络盘、同步文件夹里的文件在本机副本上编辑", is_checkable=True),
            None,
            Spec("close_store", "关闭数据文件", "Ctrl+W", needs=_S),
            Spec("quit", "退出", "Ctrl+Q"),
        ),
    ),
    (
        "编辑(&E)",
        (
            Spec("undo", "撤销", "Ctrl+Z", icon="undo", needs=_S),
            Spec("redo", "重做", "Ctrl+Y", icon="redo", needs=_S),
            None,
            Spec("cut", "剪切", table_keys="Ctrl+X", needs=_F),
            Spec("copy", "复制", table_keys="Ctrl+C", icon="copy", needs=_F),
            Spec("paste", "粘贴", table_keys="Ctrl+V", needs=_F),
            Spec("fill_down", "向下填充", table_keys="Ctrl+D", needs=_F),
            Spec("clear", "清除内容", table_keys="Del", needs=_F),
            None,
            Spec("find", "查找项目、指标", "Ctrl+F", icon="search", needs=_S),
            Spec("replace", "查找和替换…", "Ctrl+H", needs=_P),
        ),
    ),
    (
        "项目(&P)",
        (
            Spec("new_project", "新建项目…", "Ctrl+N", icon="new", needs=_S),
            Spec("copy_year", "复制上年…", "Ctrl+Shift+C", icon="copy-year", needs=_S),
            Spec("link_years", "与往年项目对应…", needs=_P),
            Spec("check_projects", "检查选中的项目…", "Ctrl+F8", needs=_S),
            None,
            Spec("start_form", "开始这张表", needs=_P),
            Spec("start_forms", "全年开始这张表", needs=_P),
            Spec("remove_form", "删除这张表", needs=_F),
            Spec("rename_project", "重命名项目", needs=_S),
            Spec("remove_project", "删除项目", icon="delete", needs=_S),
            None,
            Spec("add_line", "添加指标", table_keys="Ctrl+Enter", icon="add-row", needs=_F),
            Spec("delete_lines", "删除指标", table_keys="Ctrl+-", icon="delete-row", needs=_F),
            Spec("move_up", "上移", table_keys="Alt+Shift+↑", icon="move-up", needs=_F),
            Spec("move_down", "下移", table_keys="Alt+Shift+↓", icon="move-down", needs=_F),
            Spec("sort", "按标准顺序排列指标", needs=_F),
            None,
            Spec("distribute", "平均分配分值", needs=_E),
            Spec("adopt_scores", "全部采用计算得分", needs=_E),
            Spec("infer_levels", "全部按得分推定等级", needs=_E),
        ),
    ),
    (
        "视图(&V)",
        (
            Spec("show_declaration", "目标申报", "Ctrl+1", needs=_P),
            Spec("show_evaluation", "绩效自评", "Ctrl+2", needs=_P),
            Spec("toggle_fields", "基本信息、资金与总体目标", "F3", needs=_F),
            Spec("all_levels", "显示全部二级指标", needs=_F, is_checkable=True),
            Spec("show_past", "与往年对照", "Ctrl+Shift+Y", needs=_F),
            None,
            Spec("show_navigator", "项目列表", "Ctrl+Shift+1", is_checkable=True),
            Spec("show_score", "得分预览、申报概览", "Ctrl+Shift+2", is_checkable=True),
            Spec("show_findings", "问题", "Ctrl+Shift+3", is_checkable=True),
            Spec("fold_findings", "展开或收起问题", "Shift+F3", needs=_P),
            Spec("go_back", "返回", "Alt+Left", needs=_S),
            Spec("next_pane", "下一个区域", "F6"),
            Spec("previous_pane", "上一个区域", "Shift+F6"),
            Spec("widen_panel", "加大所在的栏", "Alt+="),
            Spec("narrow_panel", "缩小所在的栏", "Alt+-"),
            None,
            Spec("appearance", "外观"),
        ),
    ),
    (
        "工具(&T)",
        (
            Spec("next_finding", "下一个问题", "F8", needs=_P),
            Spec("previous_finding", "上一个问题", "Shift+F8", needs=_P),
            Spec("fix", "快速修复", "Ctrl+.", also="F7", needs=_P),
            Spec("explain", "填写出错说明…", "Ctrl+Shift+E", icon="explain", needs=_P),
            Spec("rule_help", "查看这条规则", "Ctrl+F1", needs=_P),
            None,
            Spec("library", "指标库…", "Ctrl+L", icon="library", needs=_S),
            Spec("keep_lines", "存入指标库", "Ctrl+Shift+L", needs=_F),
            Spec("import_library", "导入指标库…", needs=_S),
            Spec("export_library", "导出指标库…", needs=_S),
            None,
            Spec("settings", "设置…", "Ctrl+,", icon="settings", needs=_S),
        ),
    ),
    (
        "帮助(&H)",
        (
            Spec("manual", "使用手册", "F1", icon="manual"),
            Spec("keyboard", "键盘操作", "Shift+F1", icon="keyboard"),
            Spec("about", "关于绩效填报助手", icon="info"),
        ),
    ),
)

TOOLBAR = ("new_project", "copy_year", "import", "export", None, "undo", "redo")
TOOLBAR_TEXTS = {"new_project": "新建项目", "copy_year": "复制上年", "import": "导入", "export": "导出 Excel"}

CELL_KEYS = (
    ("Tab / Shift+Tab", "右移 / 左移"),
    ("Enter / Shift+Enter", "下移并回到起始列 / 上移"),
    ("F2", "编辑单元格"),
    ("直接输入", "替换单元格内容"),
    ("Esc", "取消输入"),
    ("F4", "选择达成等级或不适用；在级别上选级别"),
    ("Shift+F10", "打开所在处的右键菜单（菜单键也可以）"),
    ("Alt+↓", "打开这一格的列表：级别、等级，名称和指标值的建议"),
    ("Ctrl+Shift+Enter", "在上方插入指标"),
    ("Ctrl+Shift+V", "粘贴为新行"),
    ("Ctrl+R", "向右填充"),
    ("Ctrl+Shift+X", "剪切整行"),
    ("Ctrl+方向键", "到一片内容的边上"),
    ("Ctrl+Home / Ctrl+End", "到第一行 / 最后一行"),
    ("Alt+Shift+← / Alt+Shift+→", "收起 / 展开一级指标"),
    ("Shift+空格 / Ctrl+空格", "选中整行 / 整列"),
    ("Ctrl+A", "全选"),
    ("Ctrl+滚轮", "放大、缩小指标表的文字"),
    ("F6", "离开指标表，到下一个区域"),
)


LIST_KEYS = (
    ("Enter", "到列出的项目、单位或年度里"),
    ("← / →", "收起 / 展开年度、单位"),
    ("Shift+↑ / Shift+↓", "多选，再用检查、导出、复制、删除（Ctrl+单击：加选一个）"),
    ("Ctrl+A", "选中列出的全部项目"),
    ("字母或汉字", "在单位页、年度页上找名称（可用拼音首字母）"),
    ("Ctrl+C", "在单位页、年度页上复制选中的行"),
    ("Ctrl+V", "粘贴从PDF、Word等复制的整张表"),
    ("F2", "重命名当前项目"),
    ("Del", "删除选中的项目，提示条上可撤销；在启动页把文件移出列表"),
)


def key_map() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Every key by menu, then those of the table and the project list: what Shift+F1 shows."""
    groups = []
    for title, specs in MENUS:
        rows = tuple(
            (" / ".join(_drawn(key) for key in (spec.keys or spec.table_keys, spec.also) if key), spec.text.rstrip("…"))
            for spec in specs
            if spec is not None and (spec.keys or spec.table_keys)
        )
        groups.append((title.split("(")[0], rows))
    return (*groups, ("指标表", CELL_KEYS), ("项目列表和启动页", LIST_KEYS))


def _keep_in_sight(menu: QMenu, entry: QAction) -> None:
    """In a menu that scrolls ↑ leads from the first entry to the last, which Qt does not scroll to."""
    if entry in menu.actions() and not menu.underMouse() and not menu.rect().contains(menu.actionGeometry(entry)):
        with QSignalBlocker(menu):
            menu.setActiveAction(entry)


def _drawn(keys: str) -> str:
    """Keys as a keyboard shows them."""
    return keys.replace("Left", "←")


class Actions(QObject):
    """The actions of one window by name."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._specs = {spec.name: spec for _, specs in MENUS for spec in specs if spec is not None}
        self._actions = {name: self._make(spec) for name, spec in self._specs.items()}
        self.recent_menu = QMenu("最近打开")
        self.appearance_menu = QMenu("外观")
        self._fill_appearance_menu()
        self["export"].setIconVisibleInMenu(False)  # its glyph is drawn for the accent colour of the button
        for name, text in TOOLBAR_TEXTS.items():
            self[name].setIconText(text)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def connect_all(self, verbs: Mapping[str, Callable[[], object]]) -> None:
        """Say what each action does."""
        for name, act in verbs.items():
            self._actions[name].triggered.connect(lambda _checked=False, run=act: run())

    def fill_menus(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for title, specs in MENUS:
            menu = bar.addMenu(title)
            menu.hovered.connect(partial(_keep_in_sight, menu))
            for spec in specs:
                if spec is None:
                    menu.addSeparator()
                elif spec.name in {"recent", "appearance"}:
                    menu.addMenu(self.recent_menu if spec.name == "recent" else self.appearance_menu)
                else:
                    menu.addAction(self._actions[spec.name])

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Make the buttons; 导出 Excel is the main one."""
        for name in TOOLBAR:
            if name is None:
                bar.addSeparator()
                continue
            bar.addAction(self._actions[name])
            button = bar.widgetForAction(self._actions[name])
            assert isinstance(button, QToolButton)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self._actions[name].iconText())
            if name == "export":
                button.setProperty("primary", "true")

    def enable(
        self, but: Mapping[str, bool], *, has_store: bool, has_project: bool, has_form: bool, has_evaluation: bool
    ) -> None:
        """Switch everything on or off that depends on what is open; ``but`` says it of single ones.

        Each is told once what it is: one switched on and off again lays out the toolbar, and with it the window.
        """
        there = {Needs.NOTHING: True, Needs.STORE: has_store, Needs.PROJECT: has_project}
        there |= {Needs.FORM: has_form, Needs.EVALUATION: has_evaluation}
        for name, spec in self._specs.items():
            self._actions[name].setEnabled(but.get(name, there[spec.needs]))

    def _make(self, spec: Spec) -> QAction:
        drawn = _drawn(spec.keys)
        shown = spec.table_keys or (drawn if drawn != spec.keys else "")  # Qt would call an arrow 左方向
        action = QAction(f"{spec.text}\t{shown}" if shown else spec.text, self)
        action.setIconText(spec.text.rstrip("…"))
        action.setCheckable(spec.is_checkable)
        if spec.keys:
            action.setShortcuts([QKeySequence(keys) for keys in (spec.keys, spec.also) if keys])
        keys = drawn or spec.table_keys
        words = spec.text.rstrip("…")
        action.setToolTip(f"{words}（{keys}）" if keys else words)
        return action

    def _fill_appearance_menu(self) -> None:
        group = QActionGroup(self)
        for choice in AppearanceChoice:
            entry = QAction(choice.label, group)
            entry.setCheckable(True)
            entry.setChecked(choice is self._appearance.choice)
            entry.triggered.connect(lambda _checked=False, chosen=choice: self._appearance.choose(chosen))
            self.appearance_menu.addAction(entry)

    def _dress(self, theme: Theme) -> None:
        for name, spec in self._specs.items():
            if spec.icon:
                self._actions[name].setIcon(icon(spec.icon, theme))
        self._actions["export"].setIcon(icon("export", theme, "on_accent"))
