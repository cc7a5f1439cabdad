"""Years in texts moved on: what a copied text says of its year it is to say of the new one (domain.md §8.5).

Only the digits give way, in the spelling they have: 2026年12月底, 2026-12-31, 2025-2026学年, 26年底, 二〇二六年.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from model.edits.replacing import Search, Stretch, folded

_CENTURY = "(?:19|20)[0-9]{2}"
_HAN_DIGITS = "〇一二三四五六七八九"
_COUNTED = "家个人次场项件套台万亿千百元篇份名户亩米吨条位册期批节课班辆座栋所处株头只天"
_WRITTEN = re.compile(
    rf"(?<![0-9])(?P<from>{_CENTURY})\s?年?\s?[-—–~～至到/]{{1,2}}\s?(?P<to>{_CENTURY}|[0-9]{{2}})\s?(?=学年|财年|年)"
    rf"|(?<![0-9])(?P<dated>{_CENTURY})(?P<sign>[-./])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})(?![0-9])"
    rf"|(?<![0-9])(?P<year>{_CENTURY})\s{{0,2}}年(?:\s?(?P<its_month>[0-9]{{1,2}})\s?月(?:\s?(?P<its_day>[0-9]{{1,2}})\s?[日号])?)?"
    rf"|(?<![0-9])(?P<short>[0-9]{{2}})年(?=度|底|末|初|[0-9]{{1,2}}月|[一二三四五六七八九十]{{1,2}}月|[上下]半年|[1-4一二三四]季)"
    rf"|(?P<han>二[〇○零][〇○零一二三四五六七八九]{{2}})(?=年)"
    rf"|(?<=[（(\[【])(?P<bracketed>{_CENTURY})(?=[)）\]】])"
    rf"|(?<![0-9])(?P<edition>{_CENTURY})(?=\s?(?:(?:修订|试行)?版|[届级]))"
    rf"|^(?P<first>{_CENTURY})(?=[\u4e00-\u9fff])(?![{_COUNTED}])|(?<=[\u4e00-\u9fff])(?P<last>{_CENTURY})$"
)
_COMPARED = re.compile(r"(?:较|比|同比|相比|相较于?|对比)\s?(?:上一?年|去年)?[（(]?$")
# 2026年版, 2026年第3号, 自2026年起, 2026版: the name of something, or since when.
_NAMED = re.compile(r"\s?年?度?(?:第|版|以来|起|后|年?报(?!送)|年鉴|蓝皮书|白皮书|统计|决算|审计|[级届])")
_TITLES = re.compile(r"《[^》]{0,80}》")
_FEBRUARY, _LEAP_DAY = 2, 29
_FOUR_DIGITS = ("dated", "year", "bracketed", "edition", "first", "last")


def moving(year: int, years: int, *, surely: bool) -> Search:
    """Move what a text of ``year`` says of its time so many years on.

    ``surely`` its own year, the school year it is part of, and the last year where something is compared with it. The
    others are to be looked at: its year in the name of a document or as the beginning of something, the years next to
    it, longer spans. Years further back are history and stay.
    """

    def search(text: str) -> Sequence[Stretch]:
        if not years:
            return ()
        plain = folded(text)
        titles = [match.span() for match in _TITLES.finditer(plain)]
        found: list[Stretch] = []
        for match in _WRITTEN.finditer(plain):
            is_title = any(start <= match.start() < end for start, end in titles)
            certainty = _is_sure(match, plain, year, is_title=is_title)
            if certainty is surely:
                found.extend(_moved(match, years))
        return tuple(found)

    return search


def _is_sure(match: re.Match[str], text: str, year: int, *, is_title: bool) -> bool | None:
    """Whether a year has to move on; None when it has nothing to do with the year of the text."""
    if match["from"] is not None:
        first, last = int(match["from"]), _second_year(match)
        if not first <= year <= last:
            return None
        return last - first == 1 and not is_title
    written = _year_of(match)
    if abs(written - year) > 1:
        return None
    if written == year - 1 and _COMPARED.search(text[max(0, match.start() - 8) : match.start()]):
        return True
    is_loose = any(match[name] is not None for name in ("edition", "first", "last"))
    is_named = is_title or is_loose or _NAMED.match(text, match.end()) is not None
    return written == year and not is_named


def _year_of(match: re.Match[str]) -> int:
    if match["short"] is not None:
        return 2000 + int(match["short"])
    if match["han"] is not None:
        return int("".join(str(max(0, _HAN_DIGITS.find(digit))) for digit in match["han"]))
    return int(next(digits for name in _FOUR_DIGITS if (digits := match[name]) is not None))


def _second_year(match: re.Match[str]) -> int:
    """The last year of a span; of 2025-26 in the century of the first."""
    last = match["to"]
    return int(last) if len(last) > len("26") else int(match["from"][:2] + last)


def _moved(match: re.Match[str], years: int) -> Iterator[Stretch]:
    """The digits that give way: those of the years, and the 29th of February where there is none."""
    for name in (*_FOUR_DIGITS, "from", "to", "short"):
        digits = match[name]
        if digits is not None:
            yield Stretch(*match.span(name), f"{int(digits) + years:0{len(digits)}d}"[-len(digits) :])
    if match["han"] is not None:
        yield Stretch(*match.span("han"), "".join(_HAN_DIGITS[int(digit)] for digit in str(_year_of(match) + years)))
    for month, day in (("month", "day"), ("its_month", "its_day")):
        is_leap_day = match[day] is not None and (int(match[month]), int(match[day])) == (_FEBRUARY, _LEAP_DAY)
        if is_leap_day and not calendar.isleap(_year_of(match) + years):
            yield Stretch(*match.span(day), "28")
