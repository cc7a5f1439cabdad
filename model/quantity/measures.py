"""What stands behind a number: its unit, a remark in brackets, a word that belongs to neither (domain.md §5.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.values.units import MAGNITUDES, ONE, UnitExpression, UnitTable

_UNIT_JOINT = re.compile(r"[/·•*×.]每?")
_NOT_IN_A_UNIT = re.compile(r"[多余几约不至内前后]|以上|以下|左右|超过|大于|小于")
_LATIN = re.compile(r"[A-Za-z]")
_LONGEST_UNIT = 12
_LONGEST_UNIT_WITHOUT_SIGN = 4

_RUN = re.compile(r"[^()\s,，、;；:：。]+")
_REMARK = r"(?:\([^()]{0,60}\))"
_TAIL = re.compile(rf"(?P<first>{_REMARK}{{0,3}})(?P<words>[\u4e00-\u9fff]{{1,6}})?(?P<last>{_REMARK}{{0,3}})")
_LONGEST_WORDS_WITHOUT_SIGN = 4
# A word that limits, compares, doubts or counts again is more than a remark.
_LIMITS = re.compile("[多余几约不至内外前后每以均增降升减超过低高少起来左右上下零一二两三四五六七八九十百千万亿第]")

NOT_WANTED = (
    "投诉|事故|故障|漏洞|中断|宕机|差错|失误|违规|违纪|违法|泄露|泄密|举报|信访|上访|纠纷|伤亡|案件|舆情|事件|差评|拖欠|缺陷"
    "|隐患|失败|退货|返工|超时|逾期|超支|挪用|浪费|污染|感染|死亡|责任"
)
"""What nobody wants: nothing of it is a number, 0."""
_TROUBLE = re.compile(rf"(?:[\u4e00-\u9fff]{{0,6}})(?:{NOT_WANTED})(?:事件|事故|现象|情况|发生|问题|率|数)?")
_NOTHING = re.compile(
    rf"(?:全年|均|确保|杜绝|实现|基本)?(?:无|没有|未|不|零)?(?:没有|无|零|(?:未|不|零|没有)(?:发生|出现|产生|接到|收到|有))?"
    rf"(?:任何|重大|较大|一般|有效|安全|生产|责任|质量|网络|信息|数据|群众|服务|负面|人员|资金|重特大)*(?:{NOT_WANTED})?"
    r"(?:事件|事故|现象|情况|问题)?(?:的?发生)?"
)
_NOTHING_BEGINS = re.compile(r"(?:全年|均|确保|杜绝|实现|基本)?(?:无|没有|未发生|不发生|未出现|不出现|零)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit as typed and as read, and what was set aside after it."""

    unit_raw: str
    expression: UnitExpression
    after: str = ""


NO_UNIT = Measured("", UnitExpression(ONE, "", None))


def measure(text: str, units: UnitTable, *, compared: bool, is_zero: bool = False) -> Measured | None:
    """Read the whole text behind a number, or None when this is no unit but running text.

    ``compared`` says that a sign stands before the number, which makes sure that a unit is meant; ``is_zero`` that
    the number is 0, of which 投诉 is no unit.
    """
    if not text:
        return NO_UNIT
    if text[0] == "(":
        return _bracketed(text, units)
    expression = units.resolve(text)
    if expression is not None:
        return Measured(text, expression)
    word = next((word for word in MAGNITUDES if text.startswith(f"{word}(")), "")
    if word:
        return _behind_a_magnitude(word, _bracketed(text[len(word) :], units))  # 5万(株)
    run = _RUN.match(text)
    if run is None:
        return None
    longest = _LONGEST_UNIT if compared else _LONGEST_WORDS_WITHOUT_SIGN
    expression = units.resolve(run[0])
    if expression is not None:
        return _with_tail(text, run.end(), Measured(run[0], expression), units, longest)
    leading = units.leading(text)
    if leading is not None and leading[1].unit is not None:
        found = _with_tail(text, len(leading[0]), Measured(*leading), units, longest)
        if found is not None:
            return found
    if is_zero and _TROUBLE.fullmatch(run[0]):
        return _with_tail(text, 0, NO_UNIT, units, longest)
    if not _may_be_unit(run[0], certain=compared):
        return None
    return _with_tail(text, run.end(), Measured(run[0], units.unlisted(run[0])), units, longest)


def says_nothing(text: str) -> bool:
    """Whether words say that there was none: 无, 无投诉, 未发生安全事故, 零发生 (not 无障碍, 无明显变化)."""
    return _NOTHING_BEGINS.match(text) is not None and _NOTHING.fullmatch(text) is not None


def _bracketed(text: str, units: UnitTable) -> Measured | None:
    """A unit in brackets as the declaration prints it, perhaps with a remark behind: ``(次)(含线上2次)``."""
    ends = {len(text) - 1 if text.endswith(")") else -1, text.find(")")}
    for end in sorted(ends, reverse=True):
        spelling = text[1:end].strip() if end > 0 else ""
        if not spelling:
            continue
        expression = units.resolve(spelling)
        if expression is None and _may_be_unit(spelling, certain=True):
            expression = units.unlisted(spelling)
        if expression is not None:
            return _with_tail(text, end + 1, Measured(spelling, expression), units, _LONGEST_UNIT)
    return None


def _behind_a_magnitude(word: str, measured: Measured | None) -> Measured | None:
    if measured is None or measured.expression.magnitude_text:
        return None
    expression = UnitExpression(MAGNITUDES[word], word, measured.expression.unit)
    return Measured(word + measured.unit_raw, expression, measured.after)


def _with_tail(text: str, end: int, unit: Measured, units: UnitTable, longest: int) -> Measured | None:
    """The unit with the remarks and the word behind it, or None when more stands there."""
    tail = text[end:]
    match = _TAIL.fullmatch(tail)
    if match is None or len(match["words"] or "") > longest or _LIMITS.search(match["words"] or ""):
        return None
    first = match["first"]
    if first.count("(") == 1 and unit.expression.unit is not None:
        named = units.resolve(first[1:-1])
        if named is not None and named.unit == unit.expression.unit:
            tail = tail[len(first) :]  # %(百分比) says its unit twice
    return Measured(unit.unit_raw, unit.expression, tail)


def _may_be_unit(spelling: str, *, certain: bool) -> bool:
    """Whether a spelling that is in no table can be a unit at all. Brackets or a comparator make it certain that a
    unit is meant; otherwise it must be short, and no name such as the rest of 5G基站."""
    if len(spelling) > (_LONGEST_UNIT if certain else _LONGEST_UNIT_WITHOUT_SIGN):
        return False
    # isalpha() and not a pattern, whose letters include ², ½ and ①.
    words = _UNIT_JOINT.split(spelling[1:] if spelling[0] == "/" else spelling)
    if not all(word.isalpha() for word in words) or _NOT_IN_A_UNIT.search(spelling):
        return False
    return certain or spelling.isascii() or not _LATIN.search(spelling)
