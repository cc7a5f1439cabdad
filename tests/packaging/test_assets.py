"""What is made for a bundle besides the code: icon, version resource, licences."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QImage

from model import __version__
from tests.packaging.script import PACKAGING, ROOT, script, text_of

assets = script("assets.py")


@pytest.mark.usefixtures("qapp")
def test_that_the_icon_holds_every_size_windows_asks_for_as_a_png() -> None:
    icon = QIcon(str(ROOT / "resources" / "icons" / "app.svg"))
    images = {size: assets.png(icon, size) for size in assets.SIZES}
    data = assets.ico(images)
    _, kind, count = struct.unpack_from("<HHH", data)
    assert (kind, count) == (1, len(assets.SIZES))
    for number, size in enumerate(assets.SIZES):
        width, height, *_, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert (width or 256, height or 256) == (size, size)
        image = QImage.fromData(data[offset : offset + length])
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 2).alpha() == 255


@pytest.mark.usefixtures("qapp")
def test_that_the_picture_of_the_wizard_has_the_proportions_nsis_shows_it_in() -> None:
    image = assets.side_picture(QIcon(str(ROOT / "resources" / "icons" / "app.svg")))
    assert image.width() * 314 == image.height() * 164
    assert image.pixelColor(0, 0) != image.pixelColor(image.width() // 2, image.height() // 5 + image.width() // 4)


def test_that_the_version_resource_says_the_version_of_the_program_in_chinese() -> None:
    text = assets.version_resource()
    assert f"'FileVersion', '{__version__}.0'" in text
    assert f"filevers=({', '.join(__version__.split('.'))}, 0)" in text
    assert "'FileDescription', '绩效填报助手'" in text
    assert "Translation', [2052, 1200]" in text


def test_that_every_package_that_is_shipped_has_its_licence_in_the_collection() -> None:
    shipped = re.findall(r"^([a-z0-9-]+)==", text_of("packaging/requirements.lock"), re.MULTILINE)
    # named in the lock for platforms or uses we do not ship
    needed = {name for name in shipped if name not in {"greenlet", "tzdata", "colorama"}}
    assert {name.lower() for name in assets.DISTRIBUTIONS} == needed


def test_that_the_licences_are_all_there_with_their_texts() -> None:
    text = assets.licences(assets.licence_of_this_python())
    headings = re.findall(r"^={78}\n(\S+) ", text, re.MULTILINE)
    assert len(headings) >= len(assets.DISTRIBUTIONS) + 1
    for words in (
        "PYTHON SOFTWARE FOUNDATION LICENSE",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "GNU GENERAL PUBLIC LICENSE",
        "Sebastián Ramírez",
        "https://download.qt.io/",
        "Copyright 2014 The PDFium Authors",
        "freetype",
    ):
        assert words in text


def test_that_no_licence_that_was_asked_for_is_missing_its_text() -> None:
    text = assets.licences(PACKAGING / "licences" / "GPL-3.txt")
    parts = dict(re.findall(r"={78}\n(\S+)[^\n]*\n={78}\n(.*?)(?=\n={78}\n|\Z)", text, re.DOTALL))
    # Qt's wheels carry no text; theirs are the LGPL and the GPL at the end
    assert {name for name, licence in parts.items() if len(licence.strip()) < 300} == {
        "PySide6_Essentials",
        "shiboken6",
    }


def test_that_the_licence_of_the_shipped_python_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "LICENSE.txt").write_text("the licence of the Windows Python", encoding="utf-8")
    assert "the licence of the Windows Python" in assets.licences(tmp_path / "LICENSE.txt")
