"""Starts the window: the frame is painted first, the store (and with it sqlmodel) is opened right after."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from gui.desk.crash import CrashHandler
from gui.desk.icons import app_icon
from gui.desk.preferences import Preferences, default_config
from gui.desk.theme import Appearance, body_font
from gui.main_window import MainWindow
from model import __version__
from storage.files.atomic import clean_leftovers
from storage.files.remote import is_on_network

NAME = "Jixiao"
_KEYS_IN_ORDER = "IBUS_ENABLE_SYNC_MODE"
"""Has Qt wait for what IBus says to each key. It would send them on and take them as the answers come, and a key that
comes while another is dealt with overtakes it (github.com/ibus/ibus/issues/1713): 12345.67 would become 123456.7."""
_OPEN_MS = 50
"""How long after an opening its first project stands on screen."""


def run(path: Path | None, *, example: bool = False, config: Path | None = None) -> int:
    """Show the window until it is closed; the exit code. ``config`` is the ini file of the preferences.

    Opens ``path``, or the example store, or the store that was open last. The very first start asks where to begin.
    """
    application = make_application(sys.argv[:1])
    CrashHandler().install()
    window = make_window(config if config is not None else default_config())
    freeze_when_open(window)
    wanted = window.files.example_path if example else path if path is not None else window.preferences.last_store()
    if wanted is not None:
        window.expect_store(wanted)
    window.first_painted.connect(lambda: window.open_at_start(wanted))
    if wanted is None:
        window.first_painted.connect(window.files.greet)
    # what a killed export left where exports go: other folders are cleaned when something is written there
    folder = Path(window.preferences.folder())
    if not is_on_network(folder / NAME):  # one that does not answer would hold the window
        window.first_painted.connect(lambda: clean_leftovers(folder))
    window.show()
    return application.exec()


def freeze_when_open(window: MainWindow) -> None:
    """Spare the garbage collector what an opening brings and nobody lets go of: looking through it holds a key up.

    Measured: 60 ms once in some two hundred keys, four frames of the screen.
    """
    window.document.store_changed.connect(lambda: QTimer.singleShot(_OPEN_MS, window, gc.freeze))


def make_application(arguments: list[str]) -> QApplication:
    """The application object, Chinese down to the standard buttons."""
    os.environ.setdefault(_KEYS_IN_ORDER, "1")  # read where the application is made; a person's own choice stays
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(arguments)
    application.setApplicationName(NAME)
    application.setApplicationVersion(__version__)
    application.setStyle("Fusion")
    application.setFont(body_font())
    application.setWindowIcon(app_icon())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    install_chinese(application)
    return application


def install_chinese(parent: QApplication) -> None:
    """Make the standard buttons and menus of Qt Chinese; done once for an application."""
    if parent.findChild(QObject, "qtbase_zh_CN") is not None:
        return
    translator = QTranslator(parent)
    translator.setObjectName("qtbase_zh_CN")
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        parent.installTranslator(translator)


def make_window(config: Path) -> MainWindow:
    """The window with its preferences and its theme, not shown yet."""
    preferences = Preferences(config)
    appearance = Appearance(preferences.settings)
    window = MainWindow(appearance, preferences, config.parent)
    # Once everything stands: a style sheet that is on already is worked out anew for every widget that joins another.
    appearance.apply()
    appearance.setParent(window)
    window.system_look_changed.connect(appearance.refresh)
    return window
