"""The command line of the verbs, with help and complaints in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from model.forms import form_named, ids_in_words
from model.records import Form

_STORE_HELP = ("绩效文件（.jixiao），- 为标准输入", "绩效文件（.jixiao）")
VERBS = ("import", "export", "check", "score", "read", "library")

_TRANSLATIONS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): expected one argument", r"参数 \1 后面应有一个值"),
    (r"argument (.*): expected at least one argument", r"参数 \1 后面至少应有一个值"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"参数 \1 不能是 \2，可以是：\3"),
    (r"argument (.*): not allowed with argument (.*)", r"参数 \1 不能与 \2 同时使用"),
    (r"argument (.*): ignored explicit argument (.*)", r"参数 \1 后面不应有值 \2"),
    (r"ambiguous option: (.*) could match (.*)", r"参数 \1 不明确，可能是：\2"),
    (r"argument (.*?): (.*)", r"参数 \1：\2"),
)


class _ChineseFormatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and leaves with exit code 1, the one the verbs refuse with."""

    def __init__(self, prog: str = "main.py", description: str = "") -> None:
        super().__init__(prog=prog, description=description, formatter_class=_ChineseFormatter, add_help=False)
        self.add_argument("-h", "--help", action="help", help="显示本说明")
        for group, title in zip(self._action_groups, ("参数", "选项"), strict=False):
            group.title = title

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments on stderr and leave."""
        for pattern, chinese in _TRANSLATIONS:
            translated, found = re.subn(f"^{pattern}$", chinese, message)
            if found:
                message = translated
                break
        sys.stderr.write(f"{message}\n{self.format_usage()}")
        raise SystemExit(1)


def parse(verb: str, arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments of one of the :data:`VERBS`. Leaves with exit code 1 and a message when they are wrong."""
    description, add_arguments = _SPECS[verb]
    parser = ChineseParser(f"main.py {verb}", description)
    if verb != "read":
        parser.add_argument("--store", metavar="S", type=_path, required=True, help=_STORE_HELP[verb == "import"])
    add_arguments(parser)
    parser.add_argument("--traceback", action="store_true", help="程序内部出错时显示出错的位置，供维护人员查看")
    parser.set_defaults(verb=verb)
    return parser.parse_args(arguments)


def _import_arguments(parser: ChineseParser) -> None:
    parser.add_argument(
        "files",
        metavar="FILE",
        type=_path,
        nargs="+",
        help="要导入的文件（.json、.xlsx、.txt 或 .jixiao），- 为标准输入",
    )
    parser.add_argument("--replace", action="store_true", help="内容不同的表以导入的为准（可撤销）")
    parser.add_argument("--json", action="store_true", help="输出 JSON，包括读表时的推断")


def _export_arguments(parser: ChineseParser) -> None:
    parser.add_argument(
        "--out", metavar="F", type=_path, required=True, help="导出到的文件（.xlsx 或 .json），- 为标准输出（JSON）"
    )
    parser.add_argument("--year", metavar="Y", type=_year, help="只导出这个预算年度")
    parser.add_argument("--project", metavar="NAME", help="只导出这个项目（项目名称）")
    parser.add_argument("--kind", metavar="K", type=_kind, help=f"只导出一种表：{ids_in_words()}")
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--final", action="store_true", help="只导出定稿：有错误时不导出")
    state.add_argument("--draft", action="store_true", help="全部标为草稿（不加时只标有错误的表）")


def _report_arguments(parser: ChineseParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _read_arguments(parser: ChineseParser) -> None:
    parser.add_argument("--json", action="store_true", help="每行读一个 JSON 对象，每行答一个 JSON 对象")


def _library_arguments(parser: ChineseParser) -> None:
    parser.add_argument("files", metavar="FILE", type=_path, nargs="*", help="要导入的指标库文件（.json）")
    parser.add_argument("--out", metavar="F", type=_path, help="把本单位用过和自存的指标导出到这个文件（.json）")


_SPECS = {
    "import": ("把文件中的表导入绩效文件（没有则新建），要么全部导入，要么都不导入。", _import_arguments),
    "export": ("导出官方格式的工作簿（.xlsx）或交换文件（.json）。", _export_arguments),
    "check": ("列出每个项目的问题。", _report_arguments),
    "read": ("从标准输入逐行读指标值，说明怎样识别、打印、检查和计分。", _read_arguments),
    "library": ("把指标库文件导入绩效文件，或导出本单位的指标库。", _library_arguments),
    "score": ("列出每张自评表的逐条得分、执行率、总分和等次。", _report_arguments),
}


def _path(text: str) -> Path:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"文件名“{text!a}”不是系统编码的文字") from None
    return Path(text)


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"年度应为四位数字，实际是“{text}”")
    return int(text)


def _kind(text: str) -> Form:
    try:
        return form_named(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"应为 {ids_in_words()}，实际是“{text}”") from None
