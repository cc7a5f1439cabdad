"""The workflows call the commands everybody calls, or their Windows equivalents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.packaging.script import ROOT, text_of

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
ELSEWHERE = (
    "apt-get",
    "grep -qx",
    "choco install nsis",
    "python -m venv",
    ".venv\\Scripts\\python",
    "cd dist",
    "gh release",
)


def commands(name: str) -> list[str]:
    return re.findall(r"- run: (.+)", text_of(f".github/workflows/{name}"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_that_every_command_is_a_make_target_a_script_of_ours_or_set_up(workflow: Path) -> None:
    found = commands(workflow.name)
    assert found
    for command in found:
        target = re.fullmatch(r"make ([a-z-]+)", command)
        if target is not None:
            assert target[1] in TARGETS
        elif not command.startswith(ELSEWHERE):
            assert (ROOT / command.replace("\\", "/")).is_file(), command


def test_that_a_release_is_built_and_proved_everywhere() -> None:
    assert {
        "make check",
        "make linux",
        "make linux-verify",
        "make windows",
        "make windows-verify",
        "packaging\\windows\\build.ps1",
        "packaging\\windows\\verify.ps1",
    } <= set(commands("release.yml"))
    assert re.search(r"needs: \[linux, windows-under-wine, windows\]", text_of(".github/workflows/release.yml"))


def test_that_only_publishing_may_write_to_the_repository() -> None:
    assert [text_of(f".github/workflows/{path.name}").count("contents: write") for path in WORKFLOWS] == [1, 0]


def test_that_a_tag_that_is_not_the_version_is_refused() -> None:
    assert 'grep -qx "__version__ = \\"${GITHUB_REF_NAME#v}\\"" model/__init__.py' in commands("release.yml")
    assert re.search(r'^__version__ = "\d+\.\d+\.\d+"$', text_of("model/__init__.py"), re.MULTILINE)


@pytest.mark.parametrize("step", ["assets.py", "jixiao.spec", "pe_check.py", "setup.nsi", "requirements-windows.lock"])
def test_that_both_ways_to_build_for_windows_use_the_same_parts(step: str) -> None:
    assert step in text_of("packaging/windows/build.sh")
    assert step in text_of("packaging/windows/build.ps1")


@pytest.mark.parametrize("step", ["/S", "check_selftest.py", "jixiao-cli.exe", "--selftest", "uninstall.exe", ".lock"])
def test_that_both_ways_to_verify_on_windows_do_the_same(step: str) -> None:
    assert step in text_of("packaging/windows/verify.sh")
    assert step in text_of("packaging/windows/verify.ps1")
