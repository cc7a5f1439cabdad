"""The words of the manual: the chapters of resources/manual, with what the program itself knows put in at run time.

The rules, the keys and the measuring units are never written down a second time, so those chapters cannot fall behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gui.actions import MENUS, key_map
from gui.desk.theme import RESOURCES
from model.checking import rules_in_order
from model.labels import SEVERITY_WORDS
from model.rules import RuleInfo
from model.values.units import STANDARD

MANUAL = RESOURCES / "manual"
ANCHOR_END = "\u3000"
"""A heading's anchor is its text up to this space: ``VAL-009`` of ``VAL-009　警告``."""

_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]*)\)\n*")
_BLANK = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. ``id`` is its file's name without the number, ``text`` is Markdown and begins with the title."""

    id: str
    title: str
    text: str


def chapters(folder: Path = MANUAL) -> tuple[Chapter, ...]:
    """Every chapter in reading order; a picture that is not there is left out."""
    return tuple(_chapter(path) for path in sorted(folder.glob("*.md")))


def rules_text(rules: tuple[RuleInfo, ...] = rules_in_order(), advice: Mapping[str, str] | None = None) -> str:
    """A section for every rule that is checked: id and severity, what it says, what to do, and why it is there."""
    advice = _advice() if advice is None else advice
    parts: list[str] = []
    group = ""
    for rule in rules:
        if rule.id[:3] != group:
            group = rule.id[:3]
            parts.append(f"## {advice.get(group, group)}{ANCHOR_END}{group}")
        parts.append(f"### {rule.id}{ANCHOR_END}{SEVERITY_WORDS[rule.severity]}")
        parts += [f"> {_BLANK.sub('……', message)}" for message in rule.messages]
        if rule.id in advice:
            parts.append(advice[rule.id])
        parts.append(f"为什么有这一条：{rule.why}" + (f"依据：{rule.source}。" if rule.source else ""))
    return "\n\n".join(parts)


def keys_text() -> str:
    """Every key by menu, as tables."""
    parts: list[str] = []
    menus = {title.split("(")[0] for title, _ in MENUS}
    for title, keys in key_map():
        heading = f"{title}菜单" if title in menus else f"{title}里"
        rows = [f"| `{key}` | {meaning} |" for key, meaning in keys]
        parts.append("\n".join((f"## {heading}", "", "| 按键 | 作用 |", "|---|---|", *rows)))
    return "\n\n".join(parts)


def units_text() -> str:
    """The measuring units every store knows."""
    return "、".join(STANDARD.names()) + "。"


_GENERATED: Mapping[str, Callable[[], str]] = {"{rules}": rules_text, "{keys}": keys_text, "{units}": units_text}


def _chapter(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    for mark, generate in _GENERATED.items():
        if mark in text:
            text = text.replace(mark, generate())
    text = _PICTURE.sub(lambda match: match[0] if (path.parent / match[1]).is_file() else "", text)
    title = text.partition("\n")[0].removeprefix("# ").strip()
    return Chapter(path.stem.partition("-")[2], title, text)


def _advice() -> Mapping[str, str]:
    """What to do about each rule, and the title of each group of rules, by their ids."""
    lines = (MANUAL / "rules-advice.txt").read_text(encoding="utf-8").splitlines()
    return {key: text for key, _, text in (line.partition(" ") for line in lines)}
