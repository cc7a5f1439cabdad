"""From a file to plain JSON values: size, encoding and syntax are settled here; no number passes through a float."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from model.errors import UserError
from storage.files.reasons import reason, refuse_unless_file

SIZE_LIMIT = 50 * 1024 * 1024
# Forms take some thirty bytes a value; a file of the largest size with twice as many is made to use up the memory.
VALUES_LIMIT = 3_000_000
_SHOWN = 40
NOTHING_DONE = "没有导入任何内容。"


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A number of the file as the digits it was written with."""

    text: str


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object of the file; ``repeated`` are the keys that occur more than once, which JSON itself lets pass."""

    values: dict[str, object]
    repeated: tuple[str, ...]


def shown(value: object) -> str:
    """A value of the file the way a message quotes it: short, on one line, every character printable."""
    match value:
        case None:
            return "空（null）"
        case bool():
            return "true" if value else "false"
        case JsonNumber(text=text):
            return f"数字 {shorten(text)}"
        case str():
            return f"“{shorten(value)}”"
        case list():
            return f"列表（{len(value)} 项）"
        case _:
            return "对象（{…}）"


def shorten(text: str) -> str:
    """A text cut to what fits into a sentence, with unprintable characters made visible."""
    visible = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text[:_SHOWN])
    return visible + "…" if len(text) > _SHOWN else visible


def one_line(text: str) -> str:
    """A whole text for a line of its own: blanks are spaces, what a screen would obey or hide is made visible."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else char.encode("unicode_escape").decode()
        for char in text
    )


def load(path: Path) -> object:
    """The JSON value a file holds. Raises UserError when it is too large, cannot be read, or is no JSON in UTF-8."""
    text = _decode(bytes_within(path, SIZE_LIMIT, "请选择扩展名为 .json 的文件。"), path)
    if not text.strip():
        raise refusal(path, "文件是空的。", "请检查是否选对了文件。")
    if sum(map(text.count, "[{,")) > VALUES_LIMIT:
        raise refusal(
            path, f"内容超过 {VALUES_LIMIT // 10_000} 万项，没有读取。", "请检查是否选对了文件，或分成几个文件导入。"
        )
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=JsonNumber, parse_float=JsonNumber, parse_constant=JsonNumber
        )
    except json.JSONDecodeError as error:
        raise _syntax_error(error, path) from error
    except RecursionError as error:
        raise refusal(path, "JSON 的嵌套层数过多。", "绩效表的交换文件只有几层，请检查是否选对了文件。") from error


def refusal(path: Path, what: str, advice: str) -> UserError:
    """The error that says which file was refused, why, and what to do."""
    return UserError(f"文件“{path.name}”：{what}\n{NOTHING_DONE}{advice}")


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    values = dict(pairs)
    if len(values) == len(pairs):
        return JsonObject(values, ())
    times = Counter(key for key, _ in pairs)
    return JsonObject(values, tuple(key for key in values if times[key] > 1))


def bytes_within(path: Path, limit: int, advice: str) -> bytes:
    """What a file of at most ``limit`` bytes holds. Raises UserError; ``advice`` says what to choose instead."""
    refuse_unless_file(path, NOTHING_DONE, advice)
    try:
        if path.stat().st_size <= limit:
            with path.open("rb") as file:
                data = file.read(limit + 1)
            if len(data) <= limit:
                return data
    except OSError as error:
        raise refusal(path, f"无法读取（{reason(error)}）。", "请检查权限，以及磁盘或U盘是否连接正常。") from error
    raise refusal(path, f"超过 {limit // 1024 // 1024} MB，没有读取。", "请检查是否选对了文件，或分成几个文件导入。")


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise refusal(path, "是 UTF-16 编码，应为 UTF-8。", "请用记事本等程序另存为 UTF-8 编码后重试。")
    if b"\0" in data:
        raise refusal(path, "不是 UTF-8 编码的文字文件。", "请检查是否选对了文件。")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"第 {line} 行含有不是 UTF-8 编码的字节（可能是 GBK 编码）。"
        raise refusal(path, what, "请用记事本等程序另存为 UTF-8 编码后重试。") from error


def _syntax_error(error: json.JSONDecodeError, path: Path) -> UserError:
    place = f"第 {error.lineno} 行第 {error.colno} 列"
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return refusal(path, f"内容不完整，在{place}处中断。", "文件可能没有下载或复制完，请重新取得后再导入。")
    if error.msg.startswith("Invalid control character"):
        what = f"{place}的文字中含有控制字符或直接换行（JSON 中应写成 \\n）。"
        return refusal(path, what, "请改正后重试。")
    return refusal(path, f"不是有效的 JSON，{place}处有语法错误。", "请检查是否选对了文件，或改正后重试。")
