"""Makes what a bundle needs besides the code, into build/assets: icons, version resource, licence texts.

    python packaging/assets.py [LICENCE-OF-PYTHON]

Runs with the development environment; the version number comes from model.__version__ alone.
"""

from __future__ import annotations

import os
import struct
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize  # noqa: E402
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter  # noqa: E402

from model import __version__  # noqa: E402

ASSETS = ROOT / "build" / "assets"
SIDE = QSize(328, 628)  # twice what the wizard shows, for fine screens
SIDE_COLOUR = "#e8eef9"
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
    "lxml",
    "pypdfium2",
    "xlrd",
    "python-docx",
    "pypinyin",
)
LICENCE_FOLDER = "licenses"  # where newer wheels keep every text, whatever it is called
LICENCE_FILES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")

# Qt and PySide6 come under the LGPL 3, which refers to the GPL 3; their wheels carry neither text.
COPYLEFT_TEXTS = (ROOT / "packaging" / "licences" / "LGPL-3.txt", ROOT / "packaging" / "licences" / "GPL-3.txt")
NOTICE = """绩效填报助手（Jixiao）使用下列第三方软件，各按其许可证提供。

Qt 6.8.3 与 PySide6 6.8.3 按 LGPL-3.0 使用，未作修改，以动态库形式放在程序文件夹内（_internal/PySide6、
_internal/shiboken6），可以换成同一版本线的其他构建。源代码：https://download.qt.io/official_releases/qt/6.8/
和 https://download.qt.io/official_releases/QtForPython/pyside6/。Qt 内含的第三方代码及其许可见
https://doc.qt.io/qt-6.8/licenses-used-in-qt.html。
SQLite 属公有领域。程序由 PyInstaller 打包，其启动程序按 GPL-2.0 附例外条款提供，不限制被打包的程序。
"""


def png(icon: QIcon, size: int) -> bytes:
    """One size of the icon as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    icon.pixmap(QSize(size, size)).toImage().save(buffer, "PNG")  # type: ignore[call-overload] # its stubs say bytes
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


def side_picture(icon: QIcon) -> QImage:
    """What stands at the left of the first and the last page of the Windows wizard."""
    image = QImage(SIDE, QImage.Format.Format_RGB888)
    image.fill(QColor(SIDE_COLOUR))
    painter = QPainter(image)
    edge = SIDE.width() // 2
    painter.drawPixmap((SIDE.width() - edge) // 2, SIDE.height() // 5, icon.pixmap(QSize(edge, edge)))
    painter.end()
    return image


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


def licences(python_licence: Path) -> str:
    """The licence texts of everything that is shipped, for 关于 and for the law."""
    parts = [NOTICE, heading("CPython 3.11 — PSF-2.0"), python_licence.read_text(encoding="utf-8", errors="replace")]
    for name in DISTRIBUTIONS:
        distribution = metadata.distribution(name)
        info = distribution.metadata
        licence = info["License-Expression"] or info["License"] or "见其主页"  # what is missing is None here
        parts.append(heading(f"{info['Name']} {info['Version']} — {licence.splitlines()[0]}"))
        parts.extend(
            Path(str(distribution.locate_file(file))).read_text(encoding="utf-8", errors="replace")
            for file in distribution.files or ()
            if ".dist-info" in str(file)
            and (LICENCE_FOLDER in file.parts or any(word in file.name.upper() for word in LICENCE_FILES))
        )
    for text in COPYLEFT_TEXTS:
        parts += [heading(text.stem), text.read_text(encoding="utf-8")]
    return "\n".join(parts)


def heading(text: str) -> str:
    """What stands above one licence."""
    return f"{'=' * 78}\n{text}\n{'=' * 78}\n"


def licence_of_this_python() -> Path:
    """The licence text of this interpreter: beside its library, in its root on Windows, or where Debian puts it."""
    library = Path(sysconfig.get_path("stdlib"))
    places = (
        library / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc/python3.11/copyright"),
        Path("/usr/share/doc/python3.11-minimal/copyright"),
    )
    return next(place for place in places if place.is_file())


def main() -> None:
    """Write everything. The one argument, if any, is the licence text of the Python that is shipped."""
    python_licence = Path(sys.argv[1]) if len(sys.argv) > 1 else licence_of_this_python()
    app = QGuiApplication(sys.argv[:1])
    ASSETS.mkdir(parents=True, exist_ok=True)
    icon = QIcon(str(ROOT / "resources" / "icons" / "app.svg"))
    images = {size: png(icon, size) for size in SIZES}
    for size, image in images.items():
        (ASSETS / f"jixiao-{size}.png").write_bytes(image)
    (ASSETS / "jixiao.ico").write_bytes(ico(images))
    side_picture(icon).save(str(ASSETS / "side.bmp"))
    (ASSETS / "version.txt").write_text(version_resource(), encoding="utf-8")
    (ASSETS / "licences.txt").write_text(licences(python_licence), encoding="utf-8")
    app.quit()


if __name__ == "__main__":
    main()
