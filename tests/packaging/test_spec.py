"""The one PyInstaller spec: what goes into the bundle, and what does not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.packaging.script import PACKAGING, ROOT


class Made:
    """Stands for what PyInstaller makes of its arguments."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.arguments, self.options = arguments, options
        self.pure: list[Any] = []
        self.scripts: list[Any] = []
        self.binaries = [("PySide6/opengl32sw.dll", "", ""), ("PySide6/Qt6Core.dll", "", "")]
        self.datas = [("PySide6/translations/qtbase_de.qm", "", ""), ("PySide6/translations/qtbase_zh_CN.qm", "", "")]


@pytest.fixture
def spec(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:
    """Runs the spec as PyInstaller would on a system; gives its names and what it made."""

    def run(platform: str) -> dict[str, Any]:
        made: dict[str, list[Made]] = {name: [] for name in ("Analysis", "PYZ", "EXE", "COLLECT")}

        def maker(name: str) -> Callable[..., Made]:
            def make(*arguments: Any, **options: Any) -> Made:
                made[name].append(Made(*arguments, **options))
                return made[name][-1]

            return make

        names: dict[str, Any] = {"SPECPATH": str(PACKAGING), **{name: maker(name) for name in made}}
        monkeypatch.setattr(sys, "platform", platform)
        exec(compile((PACKAGING / "jixiao.spec").read_text(encoding="utf-8"), "jixiao.spec", "exec"), names)
        monkeypatch.undo()
        return names | {"made": made}

    return run


UNWANTED = (
    r"PySide6\opengl32sw.dll",
    r"PySide6\Qt6Network.dll",
    r"PySide6\Qt6Pdf.dll",
    r"PySide6\plugins\tls\qschannelbackend.dll",
    r"PySide6\plugins\imageformats\qwebp.dll",
    r"PySide6\plugins\platforms\qdirect2d.dll",
    r"PySide6\plugins\platforminputcontexts\qtvirtualkeyboardplugin.dll",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/Qt/translations/qt_help_zh_CN.qm",
    "pypinyin/phrases_dict.json",
    r"pypinyin\core.pyi",
    "libcairo.so.2",
    "libpangoft2-1.0.so.0",
    "libgdk_pixbuf-2.0.so.0",
    "libgdk-3.so.0",
    "libgtk-3.so.0",
)
WANTED = (
    r"PySide6\Qt6Widgets.dll",
    r"PySide6\Qt6Svg.dll",
    r"PySide6\Qt6Test.dll",
    r"PySide6\plugins\platforms\qwindows.dll",
    r"PySide6\plugins\platforms\qoffscreen.dll",
    r"PySide6\plugins\styles\qmodernwindowsstyle.dll",
    r"PySide6\plugins\imageformats\qsvg.dll",
    r"PySide6\translations\qtbase_zh_CN.qm",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "pypinyin/pinyin_dict.json",
    "libglib-2.0.so.0",
    "libgobject_of_nobody.txt",
    "sqlite3.dll",
    "resources/example.jixiao",
)


@pytest.mark.parametrize("name", UNWANTED)
def test_that_parts_no_widget_program_loads_stay_out(spec: Callable[[str], dict[str, Any]], name: str) -> None:
    assert not spec("linux")["wanted"](name)


@pytest.mark.parametrize("name", WANTED)
def test_that_parts_the_program_needs_stay_in(spec: Callable[[str], dict[str, Any]], name: str) -> None:
    assert spec("linux")["wanted"](name)


def test_that_what_was_collected_is_trimmed(spec: Callable[[str], dict[str, Any]]) -> None:
    collected = spec("win32")["made"]["COLLECT"][0].arguments
    assert [name for name, _, _ in collected[-2]] == ["PySide6/Qt6Core.dll"]
    assert [name for name, _, _ in collected[-1]] == ["PySide6/translations/qtbase_zh_CN.qm"]


def test_that_every_module_of_the_program_comes_along_also_those_imported_late(
    spec: Callable[[str], dict[str, Any]],
) -> None:
    named = spec("linux")["made"]["Analysis"][0].options["hiddenimports"]
    assert {"gui.files.first_start", "gui.selftest.run", "storage.excel.export", "sqlalchemy.dialects.sqlite"} <= {
        *named
    }
    migrations = {path.stem for path in (ROOT / "storage" / "store" / "migrations").glob("to*.py")}
    assert "to1" in migrations
    assert {f"storage.store.migrations.{name}" for name in migrations} <= {*named}


def test_that_nothing_the_program_imports_is_excluded(spec: Callable[[str], dict[str, Any]]) -> None:
    excluded = spec("linux")["made"]["Analysis"][0].options["excludes"]
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("gui", "storage", "model")
        for path in (ROOT / folder).rglob("*.py")
    )
    assert [name for name in excluded if f"from {name} import" in code or f"import {name}\n" in code] == []


def test_that_resources_and_licences_come_along(spec: Callable[[str], dict[str, Any]]) -> None:
    datas = spec("linux")["made"]["Analysis"][0].options["datas"]
    assert (str(ROOT / "resources"), "resources") in datas
    assert any(source.endswith("licences.txt") and target == "resources" for source, target in datas)


def test_that_windows_gets_a_windowed_program_and_one_with_a_console(spec: Callable[[str], dict[str, Any]]) -> None:
    programs = {made.options["name"]: made.options for made in spec("win32")["made"]["EXE"]}
    assert {name: options["console"] for name, options in programs.items()} == {"jixiao": False, "jixiao-cli": True}
    assert all(options["icon"].endswith("jixiao.ico") for options in programs.values())
    assert all(options["version"].endswith("version.txt") for options in programs.values())


def test_that_linux_gets_one_program_without_windows_resources(spec: Callable[[str], dict[str, Any]]) -> None:
    programs = [made.options for made in spec("linux")["made"]["EXE"]]
    assert [(options["name"], options["icon"], options["version"]) for options in programs] == [("jixiao", None, None)]


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_that_the_bundle_is_a_folder_that_nothing_has_packed(
    spec: Callable[[str], dict[str, Any]], platform: str
) -> None:
    made = spec(platform)["made"]
    assert all(program.options["exclude_binaries"] for program in made["EXE"])
    assert not any(one.options["upx"] for one in [*made["EXE"], *made["COLLECT"]])
