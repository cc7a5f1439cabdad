"""What a zip package (.xlsx, .docx) must keep to before anything parses it (reliability.md §4).

Each part is unpacked piece by piece and only looked at, so that the memory this takes does not depend on the file.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from model.errors import UserError
from storage.files.reasons import reason, remedy
from storage.interchange.source import NOTHING_DONE as _NOTHING

_MEGABYTE = 1024 * 1024
_MAX_FILE = 50 * _MEGABYTE
_MAX_PARTS = 5_000
_MAX_UNPACKED = 200 * _MEGABYTE
_MAX_PART = 100 * _MEGABYTE
_PIECE = 256 * 1024
_OVERLAP = 32
_ENCRYPTED = 0x1
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_OPEN_SHEET = _OPEN_DOCUMENT + b".spreadsheet"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True, slots=True)
class Package:
    """A kind of package: what it is called, what to do with one that is refused, and how much of what it may hold."""

    name: str
    ole: str
    advice: str
    folder: str
    most: Mapping[bytes, tuple[int, str]] = field(default_factory=lambda: MappingProxyType({}))


WORKBOOK = Package(
    "Excel工作簿（.xlsx）",
    "是旧版Excel（.xls）、WPS表格（.et）或加密的文件",
    "请用Excel打开并另存为.xlsx文件后重试。",
    "xl/",
    MappingProxyType(
        {
            b"<c ": (2_000_000, "单元格"),
            b"<mergeCell ": (20_000, "合并单元格"),
            b"<xf ": (70_000, "单元格样式"),
            b"<definedName ": (60_000, "名称"),
            b"<sheet ": (1_000, "工作表"),
            b"<si>": (500_000, "文字"),
        }
    ),
)
WORD = Package(
    "Word文档（.docx）",
    "是旧版Word（.doc）、WPS文字（.wps）或加密的文件",
    "请用WPS或Word打开，另存为.docx文件（不要设密码）后再导入。",
    "word/",
    MappingProxyType({b"<w:tc>": (200_000, "单元格"), b"<w:p>": (400_000, "段落"), b"<w:p ": (400_000, "段落")}),
)


def refuse_unsound(path: Path, kind: Package) -> None:
    """Raise UserError when a file is no such package, is encrypted, or holds more than any form needs."""
    try:
        size = path.stat().st_size
        if size > _MAX_FILE:
            raise UserError(f"“{path}”有{size // _MEGABYTE}MB，太大，没有读取。\n请确认它是绩效表的文件。{_NOTHING}")
        with path.open("rb") as file:
            _refuse_foreign(file.read(4), path, kind)
        with ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_entries(entries, path, kind)
            _refuse_other_kinds(archive, {entry.filename for entry in entries}, path, kind)
            _refuse_contents(archive, path, kind)
    except (BadZipFile, zlib.error, EOFError) as error:
        raise UserError(f"无法读取“{path}”：文件已损坏。\n请向对方重新要一份，或从备份中取出。{_NOTHING}") from error
    except OSError as error:
        raise UserError(f"无法读取“{path}”：{reason(error)}。\n{_NOTHING}{remedy(error)}") from error
    except (NotImplementedError, RuntimeError) as error:
        # what zipfile says of an unknown compression, a later version of zip, and encrypted entries
        raise _locked(path, kind) from error


def _refuse_foreign(start: bytes, path: Path, kind: Package) -> None:
    if start == _OLE:
        raise UserError(f"“{path}”{kind.ole}，无法读取。\n{kind.advice}{_NOTHING}")
    if start != _ZIP:
        what = "是空文件" if not start else f"不是{kind.name}"
        raise UserError(f"“{path}”{what}，无法读取。\n{kind.advice}{_NOTHING}")


def _locked(path: Path, kind: Package) -> UserError:
    return UserError(f"无法读取“{path}”：它加了密，或者用了不能识别的压缩方式。\n{kind.advice}（不要设密码）{_NOTHING}")


def _refuse_entries(entries: list[ZipInfo], path: Path, kind: Package) -> None:
    """What the list of parts tells already."""
    if len(entries) > _MAX_PARTS:
        raise UserError(f"“{path}”里有{len(entries)}个部分，多得不正常，没有读取。\n请确认它是绩效表的文件。{_NOTHING}")
    if any(entry.flag_bits & _ENCRYPTED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise _locked(path, kind)
    if sum(entry.file_size for entry in entries) > _MAX_UNPACKED or any(
        entry.file_size > _MAX_PART for entry in entries
    ):
        raise UserError(f"“{path}”展开后过大，没有读取。\n请确认它是绩效表的文件。{_NOTHING}")
    repeated = [name for name, times in Counter(entry.filename for entry in entries).items() if times > 1]
    if repeated:
        raise UserError(
            f"“{path}”的内部有重复的部分（{repeated[0]}），无法确定哪一份有效，没有读取。\n{kind.advice}{_NOTHING}"
        )


def _refuse_other_kinds(archive: ZipFile, names: set[str], path: Path, kind: Package) -> None:
    """Say what a zip file is that is no such package."""
    mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if mimetype.startswith(_OPEN_DOCUMENT):
        what = "表格（.ods）" if mimetype.startswith(_OPEN_SHEET) else "文件"
        raise UserError(f"“{path}”是OpenDocument{what}，无法读取。\n{kind.advice}{_NOTHING}")
    if "[Content_Types].xml" not in names or not any(name.startswith(kind.folder) for name in names):
        raise UserError(f"“{path}”不是{kind.name}，无法读取。\n{kind.advice}{_NOTHING}")


def _refuse_contents(archive: ZipFile, path: Path, kind: Package) -> None:
    """What the parts hold: no document types, and of nothing more than can be read in reasonable time."""
    counts: Counter[bytes] = Counter()
    unpacked = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith(_XML):
            continue
        for piece, is_first_seen in _pieces(archive, entry):
            unpacked += len(is_first_seen)
            if unpacked > _MAX_UNPACKED:
                raise UserError(f"“{path}”展开后过大，没有读取。\n请确认它是绩效表的文件。{_NOTHING}")
            if _DOCTYPE.search(piece):
                raise UserError(f"“{path}”里有不该有的文档类型声明，可能不安全，没有读取。\n{kind.advice}{_NOTHING}")
            for mark in kind.most:
                counts[mark] += is_first_seen.count(mark)
        for mark, (most, what) in kind.most.items():
            if counts[mark] > most:
                raise UserError(
                    f"“{path}”里有{counts[mark]}个{what}，远超绩效表所需，没有读取。\n"
                    f"请只保留绩效表，另存为新文件后重试。{_NOTHING}"
                )


def _pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """A part piece by piece: each with the end of the one before, and alone."""
    end = b""
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            yield end + piece, piece
            end = piece[-_OVERLAP:]
