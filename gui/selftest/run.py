"""Runs the scenario on a fresh store in a folder and writes selftest.json, the workbook and pictures there."""

from __future__ import annotations

import json
import platform
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication

from gui.app import make_application, make_window
from gui.main_window import MainWindow
from model import __version__
from model.records import Form

STEPS: tuple[tuple[str, str], ...] = (
    ("start_project", "新建项目"),
    ("fill_header", "填写基本信息、资金和目标"),
    ("enter_indicators", "录入七条指标"),
    ("paste_block", "粘贴三条指标"),
    ("fix_mistake", "快速修复一处问题"),
    ("undo_across_restart", "重新打开后撤销、重做"),
    ("start_evaluation", "开始自评并分配分值"),
    ("fill_evaluation", "填写完成值，换算单位，计分"),
)


def run(folder: Path) -> int:
    """Play the main job below ``folder``, which is made if need be; exit code 0 when every step went as it should."""
    clock = QElapsedTimer()
    clock.start()
    folder = folder.resolve()
    qInstallMessageHandler(_tell_qt_message)
    application = make_application(sys.argv[:1])
    report: dict[str, Any] = {
        "ok": False,
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "platform": application.platformName(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "chinese_dialogs": _has_chinese(),
        "steps": [],
        "pictures": [],
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _play(folder, report, clock)
        report["ok"] = bool(report["chinese_dialogs"])
    except Exception as error:  # noqa: BLE001 the report must tell of anything
        report["error"] = f"{type(error).__name__}: {error}"
        report["trace"] = traceback.format_exc()
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (folder / "selftest.json").write_text(text + "\n", encoding="utf-8")
    _say(report, folder)
    application.closeAllWindows()
    qInstallMessageHandler(None)
    return 0 if report["ok"] else 1


def _play(folder: Path, report: dict[str, Any], clock: QElapsedTimer) -> None:
    store = folder / "自检.jixiao"
    for leftover in (store, folder / "自检导出.xlsx"):
        leftover.unlink(missing_ok=True)

    def open_window(path: Path) -> MainWindow:
        window = make_window(folder / "自检设置.ini")
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        report.setdefault("window_ms", clock.elapsed())
        if path.exists():
            window.open_at_start(path)
        else:
            window.files.create(path)
        return window

    # The scenario brings sqlmodel and openpyxl: measured start-up ends before.
    from gui.selftest.scenario import Scenario  # noqa: PLC0415

    scenario = Scenario(store, open_window)
    from storage.excel.reader import IS_DEFUSED  # noqa: PLC0415 as above
    from storage.store.engine import SQLITE_VERSION  # noqa: PLC0415 as above

    report |= {"sqlite": SQLITE_VERSION, "is_defused": IS_DEFUSED}
    for name, title in STEPS:
        getattr(scenario, name)()
        report["steps"].append(title)
    store_open = scenario.window.document.store
    report["pragmas"] = store_open.pragmas() if store_open is not None else {}
    score = scenario.window.document.score
    report["total_score"] = score.total_text if score is not None else None
    _grab(scenario.window, folder / "自评.png", report)
    workbook = folder / "自检导出.xlsx"
    scenario.export(workbook)
    report["steps"].append("导出并核对")
    report["workbook"] = workbook.name
    scenario.window.document.set_form(Form.DECLARATION)
    _grab(scenario.window, folder / "申报.png", report)
    scenario.window.close()


def _grab(window: MainWindow, path: Path, report: dict[str, Any]) -> None:
    QApplication.processEvents()
    if window.grab().save(str(path)):
        report["pictures"].append(path.name)


def _has_chinese() -> bool:
    """Whether the Chinese texts of Qt's own buttons came along."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return (folder / "qtbase_zh_CN.qm").exists()


def _tell_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Pass Qt's messages on, but for what the off-screen platform says of having no window manager."""
    del kind, context
    if sys.stderr is not None and not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


def _say(report: dict[str, Any], folder: Path) -> None:
    """Tell the result on stdout; a windowed program on Windows has none."""
    if sys.stdout is None:
        return
    for step in report["steps"]:
        sys.stdout.write(f"通过：{step}\n")
    verdict = "自检通过" if report["ok"] else f"自检未通过：{report.get('error', '缺少 Qt 中文翻译')}"
    sys.stdout.write(f"{verdict}。报告：{folder / 'selftest.json'}\n")
