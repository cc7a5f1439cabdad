"""The scenes: what a clerk types, and what each step has to tell her who does not see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.desktop.judges import (
    announces,
    both,
    ends_saying,
    lands_on,
    nothing,
    opens,
    opens_editor,
    says,
    steps_to,
)
from tests.desktop.screen import BUG, Judge, Screen, Thing

Find = Callable[[tuple[Thing, ...]], list[str]]
"""What is wrong with what a reader finds in a window."""
HOME = ("ctrl+1", "ctrl+2", "ctrl+Home")
"""From wherever the keyboard is in the sheet to the first name of the self-evaluation."""
TO_PROJECTS = "shift+F6 shift+F6 shift+F6 shift+F6"
"""From the grid past the three sections into the list of projects."""


@dataclass(frozen=True, slots=True)
class Step:
    """Keys, what they promise, and perhaps what a reader finds in the window then."""

    keys: str
    judge: Judge = nothing
    find: Find | None = None
    input_method: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Some steps that begin at the first name of the grid; each of ``faults`` has to make them fail."""

    name: str
    faults: tuple[str, ...]
    steps: tuple[Step, ...]

    def play(self, screen: Screen) -> list[str]:
        """Play it; what of it was not as promised, with the keys that led there. It ends at the first such step."""
        screen.press(HOME, nothing)
        for step in self.steps:
            if step.input_method:
                screen.input_method(step.input_method)
            faults = screen.press(step.keys.split(), step.judge)
            if step.find is not None:
                faults = [*faults, *step.find(screen.window())]
            if step.input_method:
                screen.input_method("xkb:us::eng")
            if faults:
                return [f"{step.keys}：{fault}" for fault in faults]
        return []


def _has_default(button: str) -> Find:
    def find(things: tuple[Thing, ...]) -> list[str]:
        found = [thing.name for thing in things if thing.is_default]
        return [] if found == [button] else [f"默认按钮是 {found}"]

    return find


def _has_text(name: str, *parts: str) -> Find:
    def find(things: tuple[Thing, ...]) -> list[str]:
        texts = [thing.text for thing in things if thing.name == name]
        return [f"“{name}”的文字里没有“{part}”" for part in parts if not any(part in text for text in texts)]

    return find


def _all(*finds: Find) -> Find:
    """All of what several looks find."""

    def find(things: tuple[Thing, ...]) -> list[str]:
        return [fault for one in finds for fault in one(things)]

    return find


def _has(role: str, *names: str) -> Find:
    """Things of this role are there whose names begin like this, and none of another name."""

    def find(things: tuple[Thing, ...]) -> list[str]:
        found = [thing.name for thing in things if thing.role == role and thing.name]
        wrong = len(found) != len(names) or any(
            not name.startswith(start) for name, start in zip(found, names, strict=False)
        )
        return [f"{role} 是 {found}，不是 {list(names)}"] if wrong else []

    return find


def _describes(role: str, part: str) -> Find:
    """A thing of this role is described with this."""

    def find(things: tuple[Thing, ...]) -> list[str]:
        found = [thing.about for thing in things if thing.role == role]
        return [] if any(part in about for about in found) else [f"{role} 的说明是 {found}"]

    return find


def _nameless(things: tuple[Thing, ...]) -> list[str]:
    return [f"没有名称：{thing.role}" for thing in things if thing.takes_keys and not thing.name]


SCENES = (
    Scene(
        "F6 走一圈，每一站读出所在的行、格或一节",
        ("views_as_a_whole", "roleless"),
        (
            Step("F6", lands_on("错误：", "主管部门", about="按菜单键可选：转到")),
            Step("F6", lands_on("报告份数，失 15.00 分，转到")),
            Step("F6", lands_on("信息化运维项目，有错误"), _nameless),
            Step("F6", lands_on("一 基本信息，已展开"), _has("page tab", "目标申报（未开始）", "绩效自评，4 个错误")),
            Step("F6", lands_on("二 项目资金（元），已收起", "执行率 100.00%")),
            Step("F6", lands_on("三 年度总体目标，已展开", "2 个错误")),
            Step("F6", lands_on("巡检次数")),
            Step("shift+F6", lands_on("三 年度总体目标")),
        ),
    ),
    Scene(
        "F8 一处一处走，播报问题，焦点读出那一格",
        ("nothing_announced",),
        (
            Step("F8", both(announces("错误：请填写主管部门"), lands_on("主管部门", about="请填写主管部门"))),
            Step("F8", both(announces("错误：请填写预期目标"), lands_on("预期目标", about="请填写预期目标"))),
            Step("F8", both(announces("错误：", "实际完成情况"), lands_on("实际完成情况"))),
            Step("shift+F8", both(announces("错误：请填写预期目标"), lands_on("预期目标"))),
        ),
    ),
    Scene(
        "指标表里一格一格走，F2 打开编辑框",
        ("nameless_editors", "focus_after_caret", "named_anew"),
        (
            Step("Down Up"),
            Step("Down", steps_to("培训场次")),
            Step("Right", steps_to(">=2场")),
            Step("F2", opens_editor("年度指标值，培训场次")),
            Step("Escape Escape", steps_to(">=2场")),
        ),
    ),
    Scene(
        "问题列表一行一句，操作在菜单里，Enter 到那一格",
        ("findings_by_halves",),
        (
            Step("F6 ctrl+Home Down", lands_on("错误：", "预期目标", about="按菜单键可选")),
            Step("Menu Down", lands_on("转到")),
            Step("Down", lands_on("复制")),
            Step("Down", lands_on("查看这条规则")),
            Step("Escape", lands_on("预期目标")),
            Step("Return", both(announces("预期目标"), lands_on("预期目标"))),
        ),
    ),
    Scene(
        "得分的理由是一段可以停留的文字",
        ("no_reason",),
        (
            Step("Down Down F6 F6", lands_on("失 15.00 分")),
            Step("Tab", lands_on("为什么是 15.00 分？，已展开")),
            Step("Tab", lands_on("指标值 >=2份", "完成值 ", "公式 ", "四舍五入 ")),
            Step("Tab", lands_on("计分办法")),
            Step("F6 Return", lands_on("报告份数")),
        ),
    ),
    Scene(
        "项目列表读出单位和状态；删除后提示条有声，按钮用键可到",
        ("no_strip",),
        (
            Step(TO_PROJECTS, lands_on("信息化运维项目，有错误")),
            Step("Home", lands_on("2022 年度")),
            Step("End", lands_on("OA 系统运维，有错误")),
            Step("Up Up", lands_on("上海科学技术交流中心，2 个项目")),
            Step("End", lands_on("OA 系统运维")),
            Step("Delete", announces("已删除", "OA 系统运维", "按 F6 可到“撤销”按钮")),
            Step("F6", lands_on("撤销"), _has("status bar", "已删除项目“OA 系统运维”")),
            Step("Return", announces("已撤销：删除项目")),
            Step("Home Down Down", lands_on("信息化运维项目")),
            Step("Return", lands_on("10次")),
        ),
    ),
    Scene(
        "对话框：标题、说明、默认按钮、出错的话",
        ("dumb_dialogs",),
        (
            Step("ctrl+n", opens("新建项目", "项目名称"), _has_default("新建")),
            Step("ctrl+Return", announces("错误：请填写项目名称。")),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "查找结果读出第几项、是什么",
        ("no_results",),
        (
            Step("ctrl+f", lands_on("查找项目、指标")),
            Step("o a", ends_saying("第 1 项，共 2 项：OA 系统运维")),
            Step("Down", announces("第 2 项，共 2 项：OA 可用率")),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "输入建议读出有几条、在第几条",
        ("no_suggestions",),
        (
            Step("m y d", ends_saying("个建议，按 ↓ 选择")),
            Step("Down", announces("第 1 项，共", "满意度")),
            Step("Down", announces("第 2 项，共")),
            Step("Escape Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "使用手册是文字，目录和链接读得出",
        ("no_links",),
        (
            Step("F1", opens("使用手册", "手册正文"), _has_text("手册正文", "财政项目支出绩效目标申报表")),
            Step("Tab", announces("链接：")),
            Step("ctrl+f", lands_on("在手册中查找")),
            Step("f 8", ends_saying("第 1 处，共")),
            Step("Escape Tab", lands_on()),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "导入的预览：读到了什么，会怎样",
        ("silent_jobs",),
        (
            Step(
                f"{TO_PROJECTS} ctrl+v",
                both(opens("导入", "会议系统运维"), says("正在读取文件…"), ends_saying("对照右边的原文核对")),
            ),
            Step("Tab", lands_on("预算年度")),
            Step("Escape", lands_on("信息化运维项目")),
            Step("Return", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "导出：选项有名称，做完有声，“打开文件”一键可到",
        ("strip_last",),
        (
            Step("ctrl+e", opens("导出 Excel", "当前项目："), _all(_has_default("导出草稿"), _nameless)),
            Step(
                "Return",
                both(says("正在导出 Excel…"), ends_saying("已导出并核对", "按 F6 可到“打开文件”“打开所在文件夹”按钮")),
            ),
            Step("F6", lands_on("打开文件"), _has("status bar", "已导出并核对")),
            Step("Tab", lands_on("打开所在文件夹")),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "查找和替换：几处、每处改前改后，撤销后提示条也走",
        ("uncounted", "strip_stays"),
        (
            Step("ctrl+h", opens("查找和替换", "查找"), _all(_has_default("替换"), _nameless)),
            Step("1", announces("找到 3 处，在 3 格里")),
            Step("Tab 2", announces("找到 3 处，在 3 格里")),
            Step("Tab Tab Tab Tab", lands_on("巡检次数：年度指标值", ">=10次", "→ >=20次")),
            Step("Down space Tab", lands_on("替换 2 处")),
            Step("Return", both(says("已把 2 处“1”替换为“2”。（按 F6 可到“撤销”按钮）"), lands_on("巡检次数"))),
            Step("ctrl+z", announces("已撤销：替换", "总分 85.00"), _has("status bar")),
        ),
    ),
    Scene(
        "年度页和单位页：每一行是什么，从哪里来回哪里去",
        ("views_as_a_whole",),
        (
            Step(f"{TO_PROJECTS} Home", lands_on("2022 年度")),
            Step("F6", lands_on("上海科学技术交流中心"), _all(_has("table", "2022 年度的单位"), _nameless)),
            Step("Return", lands_on("信息化运维项目"), _has("table", "上海科学技术交流中心 2022 年度的项目")),
            Step("End Return", lands_on("开始绩效自评"), _has("page tab", "目标申报，7 个错误", "绩效自评（未开始）")),
            Step("alt+Left", lands_on("OA 系统运维")),
            Step("Home Return", lands_on("10次")),
        ),
    ),
    Scene(
        "设置：分类是选项卡，每一格有名称",
        ("pages_unsaid",),
        (
            Step("ctrl+comma", opens("设置", "实施单位", about="与公章一致")),
            Step("ctrl+Tab", announces("计分方案"), _nameless),
            Step("ctrl+Tab", announces("检查阈值"), _nameless),
            Step("Tab", lands_on("年度总体目标最多字数", about="字")),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "关于：版本和文件在哪里",
        ("nameless_fields",),
        (
            Step("alt+h", lands_on("使用手册")),
            Step("Up", lands_on("关于绩效填报助手")),
            Step("Return", opens("关于绩效填报助手", "关闭"), _all(_has_text("数据文件", "桌面.jixiao"), _nameless)),
            Step("Tab", lands_on("数据文件", about="桌面.jixiao")),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "程序出错：说清没有丢什么，报告读得到",
        ("bare_bug",),
        (
            Step(BUG, opens("程序出错"), _all(_has_default("继续使用"), _nameless, _describes("dialog", "不会丢失"))),
            Step("Escape", lands_on("巡检次数")),
        ),
    ),
    Scene(
        "开始页：最近的文件、三条路，Enter 打开",
        ("views_as_a_whole",),
        (
            Step("ctrl+w", lands_on("桌面\n"), _nameless),
            Step("Tab", lands_on("新建", about="为本单位新建数据文件")),
            Step("Tab", lands_on("打开", about="已有的 .jixiao 数据文件")),
            Step("shift+Tab shift+Tab", lands_on("桌面")),
            Step("Return", lands_on("10次")),
        ),
    ),
    Scene(
        "输入完成值，一次播报得分和总分；撤销、重做各说一句",
        ("no_word_of_undo",),
        (
            Step("Down Down Right Right 2 Return", announces("得分 30.00", "总分 100.00")),
            Step("ctrl+z", announces("已撤销：修改实际完成值", "得分 15.00", "总分 85.00")),
            Step("ctrl+y", announces("已重做：修改实际完成值", "得分 30.00", "总分 100.00")),
        ),
    ),
    Scene(
        "拼音输入法在格子里打字",
        ("nothing_announced",),
        (
            Step("Down", lands_on("培训场次")),
            Step("c e s h i space Return", announces("总分"), input_method="libpinyin"),
        ),
    ),
)
