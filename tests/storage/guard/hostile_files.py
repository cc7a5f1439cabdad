"""Files made to break, to block or to mislead whoever reads them: each a name and how it is made.

The heavy ones take the time or the memory the guard allows; the others are told at once.
"""

from __future__ import annotations

import io
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from docx import Document

from model.settings import Settings
from storage.excel import export_workbook
from tests.storage.builders import project

Maker = Callable[[Path], Path]
Change = Callable[[bytes], bytes]

SHEET = "xl/worksheets/sheet1.xml"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEET_HEAD = _HEAD + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(9))
    + b"]>"
)


def sound_workbook(folder: Path) -> Path:
    """A workbook of ours."""
    export_workbook(folder / "好.xlsx", [project()], Settings(), draft=True)
    return folder / "好.xlsx"


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(path: Path, parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def with_part(name: str, change: Change | None) -> Maker:
    """A workbook of ours with one part changed, or left out."""

    def make(folder: Path) -> Path:
        parts = parts_of(sound_workbook(folder))
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name])
        return package(folder / "坏.xlsx", parts)

    return make


def with_row(row: bytes) -> Maker:
    return with_part(SHEET, lambda data: data.replace(b"</sheetData>", row + b"</sheetData>"))


def filled(name: str, head: bytes, piece: bytes, times: int, foot: bytes) -> Maker:
    """A workbook with one part of the same piece again and again, small when packed."""

    def make(folder: Path) -> Path:
        parts = parts_of(sound_workbook(folder))
        parts.pop(name, None)
        path = package(folder / "大.xlsx", parts)
        _append(path, name, head, piece, times, foot)
        return path

    return make


def words(head: bytes, piece: bytes, times: int) -> Maker:
    """A Word document with one piece again and again."""

    def make(folder: Path) -> Path:
        Document().save(str(folder / "好.docx"))
        parts = parts_of(folder / "好.docx")
        data = parts.pop("word/document.xml")
        start, end = data.index(b"<w:body>") + 8, data.index(b"</w:body>")
        path = package(folder / "大.docx", parts)
        _append(path, "word/document.xml", data[:start] + head, piece, times, data[end:])
        return path

    return make


def _append(path: Path, name: str, head: bytes, piece: bytes, times: int, foot: bytes) -> None:
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w") as part,
    ):
        part.write(head)
        for _ in range(times // 10_000):
            part.write(piece * 10_000)
        part.write(foot)


def bytes_named(name: str, data: bytes) -> Maker:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _sparse(path: Path, size: int) -> Path:
    """A file that is large and takes no room on the disk."""
    with path.open("wb") as file:
        file.write(b"SQLite format 3\x00" if path.suffix == ".jixiao" else bytes.fromhex("d0cf11e0a1b11ae1"))
        file.truncate(size)
    return path


def _marked(offset: int, value: int) -> Maker:
    """A workbook whose zip entries say something else of how they are packed."""

    def make(folder: Path) -> Path:
        path = sound_workbook(folder)
        data = bytearray(path.read_bytes())
        for signature, base in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = -1
            while (place := data.find(signature, place + 1)) >= 0:
                struct.pack_into("<H", data, place + base + offset, value)
        path.write_bytes(data)
        return path

    return make


def _repeated(folder: Path) -> Path:
    path = sound_workbook(folder)
    parts = parts_of(path)
    twin = SHEET.replace("sheet1", "sheetX")
    package(folder / "重.xlsx", parts | {twin: parts[SHEET]}, zipfile.ZIP_STORED)
    data = (folder / "重.xlsx").read_bytes().replace(twin.encode(), SHEET.encode())
    (folder / "重.xlsx").write_bytes(data)
    return folder / "重.xlsx"


def _many_parts(folder: Path) -> Path:
    parts = parts_of(sound_workbook(folder))
    return package(folder / "多.xlsx", parts | {f"xl/media/{number}.bin": b"" for number in range(8_000)})


def _overlapping(folder: Path) -> Path:
    """A zip whose thousand entries are one piece of data."""
    raw = bytes(10_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, crc = packer.compress(raw) + packer.flush(), zlib.crc32(raw)
    out = io.BytesIO()
    out.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(packed), len(raw), 8, 0) + b"xl/a.bin")
    out.write(packed)
    at, listed = out.tell(), b""
    for number in range(1000):
        name = b"xl/a%03d" % number
        listed += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(packed), len(raw), 7, 0, 0, 0, 0, 0, 0
        )
        listed += name
    out.write(listed + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1000, 1000, len(listed), at, 0))
    return bytes_named("叠.xlsx", out.getvalue())(folder)


def _lying(folder: Path) -> Path:
    """A part of 300 MB that claims a thousand bytes."""
    path = filled(SHEET, _SHEET_HEAD + b"<sheetData>", b" " * 1024, 300_000, b"</sheetData></worksheet>")(folder)
    data = bytearray(path.read_bytes())
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        if data[place + 46 :].startswith(SHEET.encode()):
            struct.pack_into("<I", data, place + 24, 1000)
    path.write_bytes(data)
    return path


def pdf(objects: list[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF file with these objects, the first of them its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer <</Size %d /Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>"
    pages = b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count)
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", pages, *[page] * count])


def _drawn_pdf(folder: Path, content: bytes) -> Path:
    """A page of drawing commands, packed."""
    packed = zlib.compress(content)
    stream = b"<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<>>>>"
    pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    data = pdf([b"<</Type /Catalog /Pages 2 0 R>>", pages, page, stream])
    return bytes_named("画.pdf", data)(folder)


_LOCKED = b" /Encrypt <</Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4>> /ID [(a)(a)]" % (b"o" * 32, b"u" * 32)

QUICK: dict[str, Maker] = {
    "billion laughs in a sheet": with_part(SHEET, lambda data: data.replace(b"<worksheet", _LAUGHS + b"<worksheet", 1)),
    "an entity that names a file": with_part(
        SHEET,
        lambda data: data.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet', 1
        ),
    ),
    "a document type in the properties": with_part("docProps/core.xml", lambda data: _LAUGHS + data),
    "half a sheet": with_part(SHEET, lambda data: data[: len(data) // 2]),
    "letters that are no UTF-8": with_row(
        b'<row r="60"><c r="A60" t="inlineStr"><is><t>\xff\xfe\x80</t></is></c></row>'
    ),
    "a column ZZZZ": with_row(b'<row r="60"><c r="ZZZZ60"><v>1</v></c></row>'),
    "a row that is a word": with_row(b'<row r="abc"><c r="A60"><v>1</v></c></row>'),
    "a number with a comma": with_row(b'<row r="60"><c r="B60"><v>12,5</v></c></row>'),
    "a shared text there is none of": with_row(b'<row r="60"><c r="A60" t="s"><v>99999</v></c></row>'),
    "no list of contents": with_part("[Content_Types].xml", None),
    "no workbook": with_part("xl/workbook.xml", None),
    "a merged range with a million digits": with_part(
        SHEET,
        lambda data: re.sub(rb"(<mergeCells[^>]*>)", rb'\1<mergeCell ref="A' + b"1" * 1_000_000 + rb':B2"/>', data),
    ),
    "an unknown compression": _marked(2, 97),
    "encrypted entries": _marked(0, 1),
    "bzip2 entries": lambda folder: package(folder / "压.xlsx", parts_of(sound_workbook(folder)), zipfile.ZIP_BZIP2),
    "a sheet that is there twice": _repeated,
    "eight thousand parts": _many_parts,
    "a thousand entries in one place": _overlapping,
    "an old or encrypted workbook": bytes_named("旧.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000)),
    "comma separated text called a workbook": bytes_named("表.xlsx", b"a,b\n1,2\n"),
    "a web page called an old workbook": bytes_named("表.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
    "an empty file": bytes_named("空.xlsx", b""),
    "a zip that ends at once": bytes_named("断.xlsx", b"PK\x03\x04" + bytes(1000)),
    "an empty zip": bytes_named("空包.xlsx", b"PK\x05\x06" + bytes(18)),
    "80 MB of nothing": bytes_named("零.xlsx", bytes(80 << 20)),
    "a Word document called a workbook": lambda folder: words(b"", b"", 0)(folder).rename(folder / "文.xlsx"),
    "half a Word document": lambda folder: bytes_named("半.docx", words(b"", b"", 0)(folder).read_bytes()[:9000])(
        folder
    ),
    "200 levels of tables in tables": words(
        b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60, b"", 0
    ),
    "no PDF": bytes_named("假.pdf", b"hello"),
    "a PDF without anything": bytes_named("空.pdf", b"%PDF-1.7\n%%EOF"),
    "a PDF with a password": bytes_named("密.pdf", pdf([b"<</Type /Catalog /Pages 2 0 R>>"], trailer=_LOCKED)),
    "a PDF of 10,000 pages": bytes_named("长.pdf", _pages(10_000)),
    "a PDF without text": bytes_named("白.pdf", _pages(1)),
    "a PDF whose pages are their own parents": bytes_named(
        "环.pdf", pdf([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R] /Count 1>>"])
    ),
    "text in brackets without end": bytes_named("深.json", b"[" * 100_000),
    "json with a number of a million digits": bytes_named("数.json", b'{"format": ' + b"1" * 1_000_000 + b"}"),
    "json that is cut": bytes_named("断.json", json.dumps({"format": "jixiao-forms/1"}).encode()[:-3]),
    "a store of 2 GB of nothing": lambda folder: _sparse(folder / "空洞.jixiao", 2 << 30),
    "an old workbook of 60 MB": lambda folder: _sparse(folder / "空洞.xls", 60 << 20),
    "a store that is none": bytes_named("假.jixiao", b"SQLite format 3\x00" + os.urandom(5000)),
}

_ROWS, _END = _SHEET_HEAD + b"<sheetData>", b"</sheetData></worksheet>"
_MERGES, _END_OF_MERGES = _SHEET_HEAD + b"<sheetData/><mergeCells>", b"</mergeCells></worksheet>"
_STYLES = _HEAD + b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'

HEAVY: dict[str, Maker] = {
    "1.9 million cells": filled(SHEET, _ROWS, b"<row>" + b"<c><v>1</v></c>" * 95 + b"</row>", 20_000, _END),
    "one row of 6 million cells": filled(SHEET, _ROWS + b"<row>", b"<c><v>1</v></c>", 6_000_000, b"</row>" + _END),
    "4 million merged ranges": filled(SHEET, _MERGES, b'<mergeCell ref="A1:B2"/>', 4_000_000, _END_OF_MERGES),
    "5 million styles": filled("xl/styles.xml", _STYLES, b'<xf numFmtId="0"/>', 5_000_000, b"</cellXfs></styleSheet>"),
    "300 MB that claim to be 1,000 bytes": _lying,
    "a Word document of 12 million empty runs": words(b"<w:p>", b"<w:r/>", 12_000_000),
    "a PDF page with 3 million lines": lambda folder: _drawn_pdf(folder, b"0 0 m 9 9 l S\n" * 3_000_000),
    "a PDF page that unpacks to 500 MB": lambda folder: _drawn_pdf(folder, b" " * 500_000_000),
    "json of 6 MB of numbers": bytes_named("大.json", b"[" + b"0," * 2_900_000 + b"0]"),
}
"""What only the limits of the guard can stop, or nearly."""
