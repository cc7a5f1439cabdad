"""Library files, ``jixiao-library/1`` (docs/library.md §1): the one of the program, and those exchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from model.errors import UserError
from model.library import SIGNS, Direction, Entry, Key
from model.quantity import Kind
from model.values.characters import printable
from model.values.taxonomy import LEVELS, canonical_level2
from storage.files.atomic import replacing, write_error
from storage.interchange import text_problem
from storage.interchange.source import JsonObject, load, refusal, shorten, shown

FORMAT = "jixiao-library/1"
SHIPPED = Path(__file__).resolve().parent.parent.parent / "resources" / "indicator-library.json"
ENTRIES_LIMIT = 20_000

_CHOOSE_OURS = "请选择由绩效填报助手导出的指标库文件。"
_CORRECT = "请改正后重试。"
_REQUIRED = ("level2", "name")
_TEXTS = (*_REQUIRED, "comparator", "value", "unit", "direction", "pinyin")
_SPELT = re.compile(r"[a-z0-9/ ]*")
_SIGNS = {**{sign: sign for sign in SIGNS}, ">=": "≥", "<=": "≤", "": ""}


@lru_cache(maxsize=1)
def shipped() -> tuple[Entry, ...]:
    """The entries that come with the program."""
    return read_library(SHIPPED)


def read_library(path: Path) -> tuple[Entry, ...]:
    """The entries of a library file in its order.

    Raises UserError, in Chinese and naming entry and key, when the file is not wholly acceptable.
    """
    entries: dict[Key, int] = {}
    found = []
    for number, value in enumerate(_entries(path), start=1):
        entry = _Reader(path, number).read(value)
        first = entries.setdefault(entry.key, number)
        if first != number:
            raise refusal(path, f"第 {number} 条“{shorten(entry.name)}”与第 {first} 条重复。", "请删去其中一条后重试。")
        found.append(entry)
    return tuple(found)


def write_library(path: Path, entries: Iterable[Entry]) -> int:
    """Write entries to a file, one a line, over the one that stands there; how many. Raises UserError."""
    lines = [json.dumps(_document(entry), ensure_ascii=False) for entry in entries]
    text = ",\n".join(f"    {line}" for line in lines)
    head = f'{{\n  "format": "{FORMAT}",\n  "entries": ['
    try:
        with replacing(path) as temporary:
            temporary.write_text(f"{head}\n{text}\n  ]\n}}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise write_error(error, path) from error
    return len(lines)


def _document(entry: Entry) -> dict[str, str]:
    comparator, value, unit = entry.parts()
    texts = (entry.level2, entry.name, comparator, value, unit, str(entry.direction), entry.pinyin)
    return {key: printable(text) for key, text in zip(_TEXTS, texts, strict=True) if text}


def _entries(path: Path) -> list[object]:
    root = load(path)
    found = root.values.get("format") if isinstance(root, JsonObject) else None
    if not isinstance(root, JsonObject) or not isinstance(found, str) or not found.startswith("jixiao-library/"):
        raise refusal(path, f"不是指标库文件：format 应为“{FORMAT}”，实际是{shown(found)}。", _CHOOSE_OURS)
    if found != FORMAT:
        what = f"指标库的格式版本是“{shorten(found)}”，本程序只支持“{FORMAT}”。"
        raise refusal(path, what, "它可能由更新版本的程序导出，请升级后再导入。")
    entries = root.values.get("entries")
    if root.repeated or not isinstance(entries, list):
        raise refusal(path, f"entries 应为列表（[…]），只出现一次，实际是{shown(entries)}。", _CORRECT)
    if len(entries) > ENTRIES_LIMIT:
        raise refusal(path, f"共有 {len(entries)} 条指标，一次最多导入 {ENTRIES_LIMIT} 条。", "请分成几个文件导入。")
    if not entries:
        raise refusal(path, "里面没有指标。", "请检查是否选对了文件。")
    return entries


class _Reader:
    """Reads one entry; what is wrong with it is told with its number."""

    def __init__(self, path: Path, number: int) -> None:
        self._path = path
        self._number = number

    def read(self, value: object) -> Entry:
        """The entry. Raises UserError."""
        texts = self._texts(value)
        level2 = canonical_level2(texts["level2"])
        if level2 is None:
            raise self._refusal(f"二级指标“{shorten(texts['level2'])}”不是{'、'.join(sum(LEVELS.values(), ()))}之一")
        comparator = _SIGNS.get(texts["comparator"].strip())
        if comparator is None:
            raise self._refusal(f"comparator 应为 ≥ > = < ≤ 之一或空，实际是“{shorten(texts['comparator'])}”")
        direction = texts["direction"] or str(Direction.JUDGED)
        if direction not in set(Direction):
            raise self._refusal(f"direction 应为 {'、'.join(Direction)} 之一，实际是“{shorten(direction)}”")
        if not _SPELT.fullmatch(texts["pinyin"]):
            raise self._refusal(f"pinyin 只能有小写字母、数字和空格，实际是“{shorten(texts['pinyin'])}”")
        target = f"{comparator}{texts['value'].strip()}{texts['unit'].strip()}"
        entry = Entry(level2, texts["name"].strip(), target, Direction(direction), texts["pinyin"])
        if (comparator or texts["unit"]) and entry.value().kind is not Kind.QUANT:
            raise self._refusal(f"指标值“{shorten(target)}”不能读作比较符、数字和单位")
        return entry

    def _texts(self, value: object) -> dict[str, str]:
        if not isinstance(value, JsonObject):
            raise self._refusal(f"应为对象（{{…}}），实际是{shown(value)}")
        unknown = [key for key in value.values if key not in _TEXTS]
        if unknown or value.repeated:
            raise self._refusal(f"不认识或重复的键“{shorten((*unknown, *value.repeated)[0])}”")
        texts = {}
        for key in _TEXTS:
            text = value.values.get(key, "")
            if not isinstance(text, str):
                raise self._refusal(f"{key} 应为文字，实际是{shown(text)}")
            problem = text_problem(text)
            if problem:
                raise self._refusal(f"{key} {problem}")
            texts[key] = text
        missing = [key for key in _REQUIRED if not texts[key].strip()]
        if missing:
            raise self._refusal(f"没有{'二级指标（level2）' if missing[0] == 'level2' else '指标名称（name）'}")
        return texts

    def _refusal(self, what: str) -> UserError:
        return refusal(self._path, f"第 {self._number} 条指标{what}。", _CORRECT)
