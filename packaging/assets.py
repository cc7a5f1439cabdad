"""Makes what a bundle needs besides the code, into build/assets: icons, version resource, licence texts.

Runs on Linux with the development environment; the version number comes from model.__version__ alone.
"""

from __future__ import annotations

import os
import struct
import sys
from importlib import metadata
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize  # noqa: E402
from PySide6.QtGui import QGuiApplication, QIcon  # noqa: E402

from model import __version__  # noqa: E402

ASSETS = ROOT / "build" / "assets"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
DISTRIBUTIONS = (
    "PySide6-Essentials",
    "shiboken6",
    "sqlmodel",
    "SQLAlchemy",
    "pydantic",
    "pydantic-core",
    "annotated-types",
    "typing-extensions",
    "typing-inspection",
    "openpyxl",
    "et-xmlfile",
    "defusedxml",
)
LICENCE_FILES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")

# Qt and PySide6 come under the LGPL 3, whose wheels do not carry the text; Debian keeps it for every package.
COPYLEFT_TEXTS = (Path("/usr/share/common-licenses/LGPL-3"), Path("/usr/share/common-licenses/GPL-3"))


def png(icon: QIcon, size: int) -> bytes:
    """One size of the icon as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    icon.pixmap(QSize(size, size)).toImage().save(buffer, "PNG")
    return bytes(data.data())


def ico(images: dict[int, bytes]) -> bytes:
    """A Windows icon file holding one PNG for each size."""
    offset = 6 + 16 * len(images)
    directory = struct.pack("<HHH", 0, 1, len(images))
    for size, image in images.items():
        edge = size % 256  # 256 is written as 0
        directory += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return directory + b"".join(images.values())


def version_resource() -> str:
    """The version resource Windows shows under 属性 → 详细信息."""
    numbers = ", ".join((*__version__.split("."), "0"))
    strings = {
        "CompanyName": "Jixiao",
        "FileDescription": "绩效填报助手",
        "FileVersion": f"{__version__}.0",
        "InternalName": "jixiao",
        "LegalCopyright": "MIT",
        "OriginalFilename": "jixiao.exe",
        "ProductName": "绩效填报助手",
        "ProductVersion": __version__,
    }
    table = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers}), mask=0x3f, flags=0, OS=0x40004, "
        "fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable('080404b0', "
        f"[{table}])]), VarFileInfo([VarStruct('Translation', [2052, 1200])])])\n"
    )


def licences() -> str:
    """The licence texts of everything that is shipped, for 关于 and for the law."""
    parts = ["绩效填报助手（Jixiao）使用下列第三方软件，各按其许可证提供。\n"]
    parts.append("CPython 3.11 — Python Software Foundation License Version 2\n")
    for name in DISTRIBUTIONS:
        distribution = metadata.distribution(name)
        info = distribution.metadata
        licence = info.get("License-Expression") or info.get("License") or "见其主页"
        parts.append(f"{'=' * 78}\n{info['Name']} {info['Version']} — {licence.splitlines()[0]}\n{'=' * 78}\n")
        parts.extend(
            Path(str(distribution.locate_file(file))).read_text(encoding="utf-8", errors="replace")
            for file in distribution.files or ()
            if ".dist-info" in str(file) and any(word in file.name.upper() for word in LICENCE_FILES)
        )
    parts.extend(f"{'=' * 78}\n{text.name}\n{'=' * 78}\n{text.read_text(encoding='utf-8')}" for text in COPYLEFT_TEXTS)
    return "\n".join(parts)


def main() -> None:
    """Write everything."""
    app = QGuiApplication(sys.argv[:1])
    ASSETS.mkdir(parents=True, exist_ok=True)
    icon = QIcon(str(ROOT / "resources" / "icons" / "app.svg"))
    images = {size: png(icon, size) for size in SIZES}
    for size, image in images.items():
        (ASSETS / f"jixiao-{size}.png").write_bytes(image)
    (ASSETS / "jixiao.ico").write_bytes(ico(images))
    (ASSETS / "version.txt").write_text(version_resource(), encoding="utf-8")
    (ASSETS / "licences.txt").write_text(licences(), encoding="utf-8")
    app.quit()


if __name__ == "__main__":
    main()
