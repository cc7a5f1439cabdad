"""The shell scripts that build and verify: one version number, plain words where tools are missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from model import __version__
from tests.packaging.script import PACKAGING, ROOT, text_of

SCRIPTS = sorted(PACKAGING.rglob("*.sh"))
BASH = shutil.which("bash") or "/bin/bash"
pytestmark = pytest.mark.skipif(not Path(BASH).exists(), reason="bash is not installed")


def bash(code: str, *, path: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run some shell after packaging/tools.sh; with a search path of its own if one is given."""
    variables = {"PATH": str(path) if path is not None else "/usr/bin:/bin", **environment}
    command = [BASH, "-c", f". {PACKAGING}/tools.sh; {code}"]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, check=False)


def only(folder: Path, *commands: str) -> Path:
    """A search path with these commands and no others."""
    for command in commands:
        found = shutil.which(command)
        assert found is not None
        (folder / command).symlink_to(found)
    return folder


def test_that_the_version_number_is_a_number_of_three_parts() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_that_the_scripts_read_the_one_version_number() -> None:
    assert bash(f"version_of {ROOT}").stdout == f"{__version__}\n"
    assert re.search(r'^version = \{ attr = "model.__version__" \}$', text_of("pyproject.toml"), re.MULTILINE)


def test_that_no_file_of_the_packaging_names_a_version_of_its_own() -> None:
    kept = ("*.sh", "*.nsi", "*.spec", "*.py", "*.ps1", "control", "*.desktop")
    for path in (path for pattern in kept for path in PACKAGING.rglob(pattern)):
        assert __version__ not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.relative_to(PACKAGING)))
def test_that_a_script_is_good_shell_and_stops_at_the_first_failure(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    shell = "bash" if "bash" in text.splitlines()[0] or script.name == "tools.sh" else "sh"
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert script.name == "tools.sh" or re.search(r"^set -euo pipefail$|^set -eu$", text, re.MULTILINE)


@pytest.mark.parametrize("path", [*SCRIPTS, *PACKAGING.rglob("*.ps1"), PACKAGING / "windows" / "setup.nsi"], ids=str)
def test_that_nothing_names_a_folder_of_one_machine(path: Path) -> None:
    assert not re.search(r"/work/|/home/|/root/|/opt/pypi", path.read_text(encoding="utf-8"))


def test_that_missing_tools_are_named_as_the_packages_to_install(tmp_path: Path) -> None:
    done = bash("require_tools id:coreutils no-such-wine:wine no-such-nsis:nsis", path=only(tmp_path, "id", "date"))
    assert done.returncode == 1
    assert done.stderr == "FAILED: these tools are missing; install them with: apt-get install wine nsis\n"


def test_that_tools_and_files_that_are_there_are_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "marlett.ttf").touch()
    done = bash(
        f"require_tools id:coreutils {tmp_path}/marlett.ttf:fonts-wine && echo ready", path=only(tmp_path, "id")
    )
    assert (done.returncode, done.stdout) == (0, "ready\n")


def test_that_nothing_is_signed_without_a_certificate(tmp_path: Path) -> None:
    program = tmp_path / "Setup.exe"
    program.write_bytes(b"MZ")
    command = [BASH, str(PACKAGING / "windows" / "sign.sh"), str(program)]
    done = subprocess.run(command, env={"PATH": "/nowhere"}, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert program.read_bytes() == b"MZ"


@pytest.mark.parametrize("name", ["build.sh", "verify.sh", "pictures.sh"])
def test_that_the_windows_scripts_ask_for_what_they_call(name: str) -> None:
    text = text_of(f"packaging/windows/{name}")
    asked = {pair.split(":")[0] for pair in re.findall(r"(\S+:[a-z0-9-]+)(?=[ \\\n])", text.split("require_tools")[1])}
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for tool in ("makensis", "osslsigncode", "openssl", "xdotool", "import", "unzip", "zip"):
        if re.search(rf"(^|[;&|(]|\bif|!) *\(?{tool} ", code, re.MULTILINE):
            assert tool in asked, tool


def test_that_the_package_for_linux_takes_version_and_libc_from_the_build() -> None:
    control = text_of("packaging/linux/control")
    assert set(re.findall(r"@(\w+)@", control)) == {"VERSION", "INSTALLED", "LIBC"}
    build = text_of("packaging/linux/build.sh")
    assert all(f"@{name}@" in build for name in ("VERSION", "INSTALLED", "LIBC"))


def test_that_the_desktop_entry_opens_data_files_of_its_own_type() -> None:
    entry = dict(line.split("=", 1) for line in text_of("packaging/linux/jixiao.desktop").splitlines() if "=" in line)
    kind = re.search(r'mime-type type="([^"]+)"', text_of("packaging/linux/jixiao.xml"))
    assert kind is not None
    assert entry["MimeType"] == f"{kind[1]};"
    assert entry["Exec"] == "jixiao %f"
    assert entry["Name[zh_CN]"] == "绩效填报助手"
    assert 'glob pattern="*.jixiao"' in text_of("packaging/linux/jixiao.xml")
