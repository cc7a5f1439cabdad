"""Reading ``jixiao-forms/1``: every value is checked where it stands, and a refusal names file, form and field.

Sources: interchange.md; domain.md §4.1 (labels) and §2.2 (an unknown 项目性质 or 项目类别 is kept).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from model.errors import UserError
from model.forms import FORMS
from storage.interchange.form_reader import FormReader
from storage.interchange.imported import FORMAT, ImportedForm
from storage.interchange.source import JsonObject, load, refusal, shorten, shown

FORMS_LIMIT = 100_000
_CHOOSE_OURS = "请选择由绩效填报助手导出的 JSON 文件。"
_TOLD = 20
_HEAD_KEYS = {"format", "forms", "note"}


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every form of a file in its order; indicator lines have no ids yet.

    Raises UserError, in Chinese and naming form and field, when the file is not wholly acceptable.
    """
    return tuple(_forms(path, *_head(path, load(path))))


def _head(path: Path, root: object) -> tuple[list[object], tuple[str, ...]]:
    if not isinstance(root, JsonObject):
        raise refusal(path, f"不是绩效表的交换文件：最外层应为对象（{{…}}），实际是{shown(root)}。", _CHOOSE_OURS)
    found = root.values.get("format")
    if not isinstance(found, str) or not found.startswith("jixiao-forms/"):
        raise refusal(path, f"不是绩效表的交换文件：format 应为“{FORMAT}”，实际是{shown(found)}。", _CHOOSE_OURS)
    if found != FORMAT:
        what = f"格式版本是“{shorten(found)}”，本程序只支持“{FORMAT}”。"
        raise refusal(path, what, "它可能由更新版本的程序导出，请升级后再导入。")
    if root.repeated:
        raise refusal(path, f"键“{shorten(root.repeated[0])}”出现了不止一次。", "请删去重复的一处后重试。")
    forms = root.values.get("forms")
    if not isinstance(forms, list):
        raise refusal(path, f"forms 应为列表（[…]），实际是{shown(forms)}。", "请改正后重试。")
    if len(forms) > FORMS_LIMIT:
        raise refusal(path, f"共有 {len(forms)} 张表，一次最多导入 {FORMS_LIMIT} 张。", "请分成几个文件导入。")
    unknown = [key for key in root.values if key not in _HEAD_KEYS]
    notices = [f"文件“{path.name}”：不认识的键 {shorten(key)}，已忽略。" for key in unknown[:_TOLD]]
    if len(unknown) > _TOLD:
        notices.append(f"文件“{path.name}”：还有 {len(unknown) - _TOLD} 种不认识的键，已忽略。")
    return forms, tuple(notices)


def _forms(path: Path, values: list[object], notices: tuple[str, ...]) -> Iterator[ImportedForm]:
    numbers: dict[tuple[object, ...], int] = {}
    for number, value in enumerate(values, start=1):
        form = FormReader(path.name, number, value).read(notices if number == 1 else ())
        first = numbers.setdefault((form.kind, *form.owner), number)
        if first != number:
            raise UserError(
                f"文件“{path.name}”第 {number} 张表“{shorten(form.project_name)}”：与第 {first} 张表重复"
                f"（同一年度、项目、部门和单位的{FORMS[form.kind].names.title}）。\n没有导入任何内容。请删去其中一张后重试。"
            )
        yield form
