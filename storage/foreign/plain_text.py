"""Forms read from running text: a .txt in whatever encoding Windows writes it, or what was copied to the clipboard."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

from model.errors import UserError
from model.recognition import Doubt, RecognisedForm, recognise_text
from model.values.characters import printable
from storage.foreign.recognised import as_imported
from storage.interchange import NOTHING_DONE, ImportedForm, form_problem, one_line
from storage.interchange.source import bytes_within, refusal, shorten

SIZE_LIMIT = 4 * 1024 * 1024
TEXT_LIMIT = 300_000
"""Characters: some two hundred forms."""
CLIPBOARD = "剪贴板"
_SHOWN = 30
_NAME = 40
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHOUT_MARK = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_SAMPLE = 20_000
_ADVICE = "请选择从PDF、Word、WPS或网页复制出来的申报表、自评表文字（.txt）。"


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every form of a text file. Raises UserError when it cannot be read, holds no form, or a form names no year."""
    return forms_of_text(_decoded(bytes_within(path, SIZE_LIMIT, _ADVICE), path), f"文件“{path.name}”", path.name)


def forms_of_pasted(text: str) -> tuple[ImportedForm, ...]:
    """Every form of a text from the clipboard. Raises UserError as above."""
    return forms_of_text(text, CLIPBOARD, CLIPBOARD)


def refuse_endless(text: str, what: str) -> None:
    """Raise UserError for a text longer than any that is read; ``what`` names it."""
    if len(text) > TEXT_LIMIT:
        raise UserError(f"{what}的文字超过 {TEXT_LIMIT // 10_000} 万字，没有读取。\n{NOTHING_DONE}请分成几次导入。")


def forms_of_text(text: str, what: str, source: str) -> tuple[ImportedForm, ...]:
    """Every form of a text. ``what`` names it in sentences, ``source`` on the forms. Raises UserError as above."""
    refuse_endless(text, what)
    reading = recognise_text(printable(text))
    if not reading.forms:
        why = f"：{reading.why_none}" if reading.why_none else ""
        raise UserError(f"{what}里没有找到绩效目标申报表或绩效自评表{why}。\n{NOTHING_DONE}{_ADVICE}")
    forms = [_imported(form, what, source, number) for number, form in enumerate(reading.forms, 1)]
    outside = tuple(sentence(doubt) for doubt in reading.unplaced)
    if outside:
        forms[0] = replace(forms[0], notices=(*outside, *forms[0].notices))
    return tuple(forms)


def sentence(doubt: Doubt) -> str:
    """A doubt with its lines in the text, counted from 1."""
    cells = [f"第{line + 1}行“{shorten(text)}”" for (line, _), text in doubt.cells[:_SHOWN]]
    more = f"等{len(doubt.cells)}处" if len(doubt.cells) > _SHOWN else ""
    return f"{'、'.join(cells)}{more}：{doubt.what}。" if cells else f"{doubt.what}。"


def _imported(form: RecognisedForm, what: str, source: str, number: int) -> ImportedForm:
    name = one_line(form.project_name[:_NAME])
    if form.year is None:
        raise UserError(
            f"{what}第 {number} 张表“{name}”没有写明年度。\n{NOTHING_DONE}"
            "请在标题下补上一行，例如“（2026年度）”，然后重试。"
        )
    doubts = form.doubts if form.problem is None else (form.problem, *form.doubts)
    imported = as_imported(form, source, number, tuple(sentence(doubt) for doubt in doubts))
    problem = form_problem(imported)
    if problem:
        raise UserError(f"{what}第 {number} 张表“{name}”：{problem}。\n{NOTHING_DONE}请改正后重试。")
    return imported


def _decoded(data: bytes, path: Path) -> str:
    """The text of a file by its byte order mark, else by the first encoding in which it reads like a text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    for name in (encoding,) if encoding else _WITHOUT_MARK:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if encoding or _reads_like_text(text):
            return text
    raise refusal(
        path, "不是能辨认的文字文件（UTF-8、GB18030 或 UTF-16 编码）。", "请用记事本另存为 UTF-8 编码后重试。"
    )


def _reads_like_text(text: str) -> bool:
    """Whether hardly a character is one that no form holds; wrongly decoded bytes give many of these."""
    sample = text[:_SAMPLE]
    odd = sum(
        not (
            "\u4e00" <= character <= "\u9fff"
            or character.isascii()
            or character in "（）“”‘’《》、。，；：？！≥≤—…￥·　＝％"
        )
        or character == "\0"
        for character in sample
    )
    return odd * 10 <= len(sample)
