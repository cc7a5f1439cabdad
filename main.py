"""The one entry: parses arguments, sets up logging, hands over to the editor, its self-test, or a verb."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from model import __version__
from storage.files.log_file import log_to_file
from storage.files.private import leave_no_core
from storage.files.scratch import scratch
from storage.guard import READING
from storage.verbs import VERBS, ChineseParser, parse, run
from storage.verbs.streams import let_go_of_streams, prepare_streams

NO_SCREEN = (
    f"这里没有图形界面，无法打开窗口。\n请在桌面上运行，或使用不需要窗口的命令：{'、'.join(VERBS)}、--selftest。\n"
)
_UNKNOWN = "“{}”不是命令，也没有这个文件。\n可以用的命令：{}；要打开文件，请写出绩效文件（.jixiao）的路径。\n"


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for and return the exit code. Only what that needs is imported."""
    if list(arguments) == [READING]:
        from storage.importing.worker import serve  # noqa: PLC0415 brings pydantic

        return serve()
    leave_no_core()
    prepare_streams()
    try:
        with scratch():
            return _run(arguments)
    finally:
        let_go_of_streams()


def _run(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in VERBS:
        wanted = parse(arguments[0], arguments[1:])
        log_to_file(logging.WARNING)
        return run(wanted)
    if arguments and _is_unknown_verb(arguments[0]):
        sys.stderr.write(_UNKNOWN.format(arguments[0], "、".join(VERBS)))
        return 1
    return _editor(arguments)


def _editor(arguments: Sequence[str]) -> int:
    parser = ChineseParser(description="绩效填报助手。命令：" + "、".join(VERBS) + "（各命令加 --help 查看说明）。")
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="要打开的绩效文件（.jixiao）")
    parser.add_argument("--example", action="store_true", help="打开示例")
    parser.add_argument("--selftest", metavar="DIR", type=Path, help="自检，并把报告、工作簿和截图写入该文件夹")
    parser.add_argument("--platform", metavar="NAME", help="Qt 的显示方式，例如 offscreen（自检用）")
    parser.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    wanted = parser.parse_args(arguments)
    log_to_file()
    if wanted.platform:
        os.environ["QT_QPA_PLATFORM"] = wanted.platform
    elif not _has_screen():
        if wanted.selftest is None:
            sys.stderr.write(NO_SCREEN)
            return 1
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if wanted.selftest is not None:
        from gui.selftest import run as run_selftest  # noqa: PLC0415 brings Qt

        return run_selftest(wanted.selftest)
    from gui.app import run as run_editor  # noqa: PLC0415 brings Qt

    return run_editor(wanted.file, example=wanted.example)


def _is_unknown_verb(word: str) -> bool:
    """Whether a first argument looks like a verb there is none of, rather than a file to be opened."""
    return not word.startswith("-") and word == Path(word).stem and not Path(word).exists()


def _has_screen() -> bool:
    """Whether a window can be shown; Windows always has a desktop."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
