"""What the Windows installer promises, read from its script."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon

from model import __version__
from tests.packaging.script import PACKAGING, ROOT, script, text_of

SCRIPT = text_of("packaging/windows/setup.nsi")
CODE = "\n".join(line for line in SCRIPT.splitlines() if not line.lstrip().startswith(";"))
INSTALL, REMOVE = CODE.split('Section "Uninstall"')


def test_that_every_sentence_a_person_reads_is_chinese() -> None:
    read = re.findall(r'(?:MessageBox \S+|define MUI_\S+(?:TEXT|TITLE)) "([^"]+)"', CODE)
    assert len(read) >= 4
    assert all(re.search(r"[\u4e00-\u9fff]", text) for text in read)
    assert re.findall(r'MUI_LANGUAGE "(\w+)"', CODE) == ["SimpChinese"]


def test_that_it_needs_no_administrator_and_writes_for_this_user_only() -> None:
    assert "RequestExecutionLevel user" in CODE
    assert 'InstallDir "$LOCALAPPDATA\\Programs' in CODE
    assert not re.search(r"HKLM|HKCR|SHCTX|SetShellVarContext all|\$PROGRAMFILES", CODE)
    for section in re.findall(r"^Section .*?^SectionEnd", CODE, re.MULTILINE | re.DOTALL):
        assert "SetShellVarContext current" in section


def test_that_every_key_that_is_written_is_deleted_again() -> None:
    written = {
        key.split("\\shell")[0].split("\\DefaultIcon")[0] for key in re.findall(r'WriteReg\S+ HKCU "([^"]+)"', INSTALL)
    }
    deleted = set(re.findall(r'DeleteRegKey HKCU "([^"]+)"', REMOVE))
    assert written == deleted


def test_that_every_shortcut_that_is_made_is_deleted_again() -> None:
    made = re.findall(r'CreateShortCut "([^"]+)"', INSTALL)
    assert {name.split("\\")[0] for name in made} == {"$SMPROGRAMS", "$DESKTOP"}
    assert set(made) <= set(re.findall(r'Delete "([^"]+)"', REMOVE))


def test_that_only_the_folder_of_the_program_is_ever_removed_as_a_whole() -> None:
    assert set(re.findall(r"RMDir /r (\S+)", CODE)) == {'"$INSTDIR\\_internal"'}
    assert "$APPDATA" not in CODE
    assert "$DOCUMENTS" not in CODE


def test_that_stale_files_go_before_new_ones_come_and_only_when_nothing_runs() -> None:
    order = [
        INSTALL.index(step, INSTALL.index('Section "program"'))
        for step in ("Call RefuseWhileRunning", "RMDir /r", "File /r")
    ]
    assert order == sorted(order)
    assert REMOVE.index("Call un.RefuseWhileRunning") < REMOVE.index("Delete ")
    assert "SetErrorLevel 5" in CODE


def test_that_a_double_click_on_a_data_file_hands_its_path_over_in_quotes() -> None:
    assert 'WriteRegStr HKCU "${CLASSES}\\.jixiao" "" "${PROGID}"' in INSTALL
    assert """shell\\open\\command" "" '"$INSTDIR\\${EXE}" "%1"'""" in INSTALL


def test_that_both_programs_of_the_bundle_are_known_to_it() -> None:
    names = set(re.findall(r'program\("(\S+)", console', text_of("packaging/jixiao.spec")))
    assert {f"{name}.exe" for name in names} == set(re.findall(r'define (?:EXE|CLI) "(\S+)"', CODE))


@pytest.mark.skipif(shutil.which("makensis") is None, reason="nsis is not installed")
@pytest.mark.usefixtures("qapp")
def test_that_the_script_compiles_without_a_warning(tmp_path: Path) -> None:
    assets = script("assets.py")
    icon = QIcon(str(ROOT / "resources" / "icons" / "app.svg"))
    (tmp_path / "payload").mkdir()
    (tmp_path / "payload" / "jixiao.exe").write_bytes(b"MZ")
    (tmp_path / "jixiao.ico").write_bytes(assets.ico({size: assets.png(icon, size) for size in assets.SIZES}))
    assert assets.side_picture(icon).save(str(tmp_path / "side.bmp"))
    defines = {
        "VERSION": __version__,
        "PAYLOAD": tmp_path / "payload",
        "ICON": tmp_path / "jixiao.ico",
        "SIDE": tmp_path / "side.bmp",
        "OUT": tmp_path / "Setup-0.exe",
    }
    command = ["makensis", "-WX", "-V2", "-INPUTCHARSET", "UTF8", "-DQUICK"]
    command += [f"-D{name}={value}" for name, value in defines.items()]
    done = subprocess.run(
        [*command, str(PACKAGING / "windows" / "setup.nsi")], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "Setup-0.exe").read_bytes()[:2] == b"MZ"
