"""A finding in as few words as there is room for: what to do first, then what is wrong, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gui.findings.rows import CLOSED, remedy_of
from model.findings import Finding

NOTHING = "没有问题：本项目的表没有发现要改的地方。"
EXPLAINED = "没有待处理的问题：余下的警告都已说明。"
HIDDEN = "问题都隐藏了：按{}显示它们，再按 F8。"

_ENDS = "，；。？！"
_OPENING, _CLOSING = "“（", "”）"
_ASKING = re.compile(r"^(请|建议|应)")
_EMPTY_WORDS = re.compile(r"“[^”]*”|[请为的填补明建议应是否：，。；？！（）]")
_LACKING = re.compile(r"^(.*中)?(缺少|未设置|没有)")
_ADDING = re.compile(r"^(添加|补写|补充)")


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence with the marks that end them; what is quoted or stands in brackets is not parted.

    A number is never parted: its separators are not the marks of a sentence. Joined they are the text.
    """
    clauses, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        if letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth = max(0, depth - 1)
        elif letter in _ENDS and not depth:
            clauses.append(text[start : place + 1])
            start = place + 1
    return [*clauses, text[start:]] if text[start:] else clauses


def shortened(clauses: Sequence[str], count: int) -> str:
    """The first so many clauses, without the mark that ended the last of them; … says that there are more."""
    text = "".join(clauses[:count]).rstrip(_ENDS if count < len(clauses) else "，；")
    return f"{text}…" if count < len(clauses) else text


def worded(finding: Finding) -> tuple[str, list[str]]:
    """What to do about one finding, and the clauses of its message that say more than that."""
    remedy, clauses = remedy_of(finding), clauses_of(finding.message)
    for place, clause in enumerate(clauses):
        asked = _ASKING.match(clause) is not None
        is_it = place == 0 and asked and clause[1:3] == remedy[:2] and not is_said(remedy, clause)
        if asked and (is_it or (_says_all(clause, remedy) and len(_core(clause)) > len(_core(remedy)))):
            rest = [one for number, one in enumerate(clauses) if number != place]
            return _ASKING.sub("", clause).rstrip(_ENDS), rest
    return remedy, [clause for clause in clauses if not is_said(remedy, clause)]


def is_said(remedy: str, clause: str) -> bool:
    """Whether a clause only says once more what to do: 请选择项目性质, or 缺少产出指标 where 添加产出指标 was said."""
    if _LACKING.match(clause) and _ADDING.match(remedy):
        return _core(_LACKING.sub("", clause)) == _core(_ADDING.sub("", remedy))
    if "“" in clause:  # only a name that stands in the list may be left out, never a value
        return _core(clause).replace("未", "") == _core(remedy)
    return _says_all(remedy, clause)


def why_nowhere(counts: Mapping[str, int], hidden: str) -> str:
    """Why F8 has nowhere to go; ``hidden`` names the chips that leave something out."""
    if any(count for group, count in counts.items() if group != CLOSED):
        return HIDDEN.format(hidden)
    return EXPLAINED if counts[CLOSED] else NOTHING


def says_more(finding: Finding) -> bool:
    """Whether the message of a finding says more than what to do."""
    action, rest = worded(finding)
    return bool(rest) or action != remedy_of(finding)


def _core(text: str) -> str:
    return _EMPTY_WORDS.sub("", text)


def _says_all(text: str, other: str) -> bool:
    """Whether every letter that means something in the other text stands in this one, in its order."""
    letters = iter(_core(text))
    return all(letter in letters for letter in _core(other))
