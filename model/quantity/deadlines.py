"""Dates to keep: 2025年12月31日前完成系统运维, 12月底到位, 二季度前 (domain.md §5.3, `deadline`, §5.7).

A month, a quarter or the end of a year is a time to be done by, not a number. Where no year is written the year of the
form counts. A span of time (1-12月) ends with its last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from model.quantity.days import WrittenDay, day_of
from model.quantity.numerals import chinese_number

_COUNT = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_CENTURY = "(?:19|20)[0-9]{2}"
_DASH = "[-~—–―至到]{1,2}"
_JOINT = re.compile(rf"\s{{0,2}}{_DASH}\s{{0,2}}")
_YEAR = (
    rf"(?:(?P<year>(?<![0-9]){_CENTURY})\s{{0,4}}(?P<year_word>年度?|(?={_DASH}{_CENTURY}年))"
    r"|(?P<other_year>当年|本年|今年|次年|明年|上年|去年)度?)"
)
_WITHIN = (
    rf"(?:第?(?:(?P<from_quarter>[1-4一二三四])季?度?{_DASH}第?)?(?P<quarter>[1-4一二三四])季度?"
    r"|(?P<half>[上下])半年"
    rf"|(?:(?<![0-9])(?P<from>{_COUNT})月?份?{_DASH})?(?<![0-9])(?P<month>{_COUNT})月份?"
    rf"(?:\s{{0,4}}(?P<day>{_COUNT})[日号]|(?P<part>初|上旬|中旬|下旬))?)(?P<end>[底末](?!\w*率))?"
)
_WRITTEN = re.compile(rf"(?:{_YEAR}\s{{0,4}})?(?:{_WITHIN}|(?P<year_end>(?:年度?)?[底末终内](?!\w*率)))?")
_NUMERIC = re.compile(
    rf"(?<![0-9])(?P<year>{_CENTURY})"
    r"(?:(?P<separator>[-./])(?P<month>[0-9]{1,2})(?:(?P=separator)(?P<day>[0-9]{1,2}))?(?!(?P=separator)[0-9])"
    r"|(?P<month_plain>0[1-9]|1[0-2])(?P<day_plain>0[1-9]|[12][0-9]|3[01])?)(?![0-9])"
)
_MONTH_DAY = re.compile(r"(?P<month>[0-9]{1,2})[-./](?P<day>[0-9]{1,2})")
_BEGINS = re.compile(
    rf"(?<![0-9]){_CENTURY}|[当本今次明上去]年|年度?[底末终内]|(?<![0-9一二三四五六七八九十]){_COUNT}月"
    r"|(?<![0-9一二三四五六七八九十])第?[1-4一二三四]季|[上下]半年"
)
_MARK = re.compile(r"\s{0,4}(?:(?P<before>[之以]?前)|为?止|[之以]?内)")
_DONE = re.compile(
    r"\s{0,4}(?:全部|全面|按时|正式|均|已|基本|前)?"
    r"(?:完成|完工|完毕|到位|结束|上线|验收|竣工|交付|发放|支付|拨付|建成|投用|启用|办结|入库|结项|发布|实施完毕)"
)
_MEANT = "务必|确保|应|须|需|最迟|力争|计划|预计"
_LEAD = re.compile(rf"(?:{_MEANT})?(?:于|在|截至|截止到?|不迟于|不晚于|早于)|{_MEANT}")
_NO_DEADLINE_AFTER = re.compile(r"(?:每|每个|较|比|自|从|同|近|超过|低于|高于)\s{0,2}$")

_PARTS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0)}
_SHIFTS = {"次": 1, "明": 1, "上": -1, "去": -1}
_QUARTERS = {word: number for number, words in enumerate(("1一", "2二", "3三", "4四"), start=1) for word in words}
_LONGEST = 60
_MOST = 200
"""How many dates of one text are looked at: a value has one or two, and more cost time on every keystroke."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in a text: the day, where it ends, and how it is written."""

    day: WrittenDay
    end: int
    is_in_passing: bool
    """A word or digits that only a mark, a span or a 时效 line makes a date: 2025年度, 202512, 2025.12."""
    is_year_alone: bool = False
    ends_a_period: bool = False
    """It says 底, 末 or 内."""


def may_hold_a_day(text: str) -> bool:
    """Whether it is worth looking for a date at all."""
    return _BEGINS.search(text) is not None


def whole_deadline(text: str, *, timely: bool) -> WrittenDay | None:
    """The day a cleaned text names when it is a date or a span of dates and little else.

    On a 时效 line (``timely``) digits alone are a date, too: 20231231, 202312, 12.31.
    """
    if len(text) > _LONGEST:
        return None
    short = _MONTH_DAY.fullmatch(text) if timely else None
    if short is not None and day_of(2000, int(short["month"]), int(short["day"])):
        month_and_day = (int(short["month"]), int(short["day"]))
        return WrittenDay(None, month_and_day, month_and_day)
    lead = _LEAD.match(text)
    found = _date_at(text, lead.end() if lead else 0)
    if found is None:
        return None
    day, end, is_sure = found.day, found.end, timely or not found.is_in_passing
    joint = _JOINT.match(text, end)
    second = _date_at(text, joint.end()) if joint is not None else None
    if second is not None:
        day, end, is_sure = _spanned(day, second.day), second.end, True
    mark = _MARK.match(text, end)
    if mark is not None:
        day, end, is_sure = replace(day, is_limit=mark["before"] is not None), mark.end(), True
    is_whole = end == len(text) or _DONE.match(text, end) is not None
    return day if is_sure and is_whole else None


def find_deadline(text: str) -> WrittenDay | None:
    """The day by which a cleaned text wants something done, or None when it names no such day.

    The first date that is marked as a limit (前, 底, 内, 完成) counts; otherwise the last date with a month and a year.
    Without a day the last day of the month counts, without a month the last day of the year; a year alone must be
    marked or be the whole text.
    """
    last = None
    position = 0
    for _ in range(_MOST):
        begin = _BEGINS.search(text, position)
        if begin is None:
            break
        found = _date_at(text, begin.start())
        position = max(begin.end(), found.end if found else 0)
        if found is None or _NO_DEADLINE_AFTER.search(text[max(0, begin.start() - 6) : begin.start()]):
            continue
        mark = _MARK.match(text, found.end)
        if (mark or found.ends_a_period or _DONE.match(text, found.end)) and not found.is_in_passing:
            return replace(found.day, is_limit=mark is not None and mark["before"] is not None)
        if not found.is_year_alone and not found.is_in_passing and found.day.year is not None:
            last = found.day
    return last


def _date_at(text: str, start: int) -> _Found | None:
    match = _NUMERIC.match(text, start)
    if match is not None:
        return _numeric(match)
    match = _WRITTEN.match(text, start)
    return None if match is None else _written(match)


def _numeric(match: re.Match[str]) -> _Found | None:
    month = int(match["month"] or match["month_plain"])
    day = int(match["day"] or match["day_plain"] or 0)
    if day_of(int(match["year"]), month, day) is None:
        return None
    in_passing = match["month_plain"] is not None or (not day and match["separator"] == ".")
    written = WrittenDay(int(match["year"]), (month, day or 1), (month, day))
    return _Found(written, match.end(), in_passing)


def _written(match: re.Match[str]) -> _Found | None:
    year = int(match["year"]) if match["year"] else None
    shift = _SHIFTS.get((match["other_year"] or " ")[0], 0)
    year_end = match["year_end"]
    if not match[0] or (year_end and (year_end[0] == "年") == bool(match["year"] or match["other_year"])):
        return None
    groups = _within(match)
    if groups is None:
        first, last = (12, 1) if year_end and year_end[-1] != "内" else (1, 1), (12, 0)
        is_in_passing = not year_end and (match["year_word"] == "年度" or match["other_year"] is not None)
        is_alone = not year_end
    else:
        first, last = groups
        is_alone = False
        # A month of a year that has no such day, and a thirteenth month, are no dates.
        if any(day_of(2000 if year is None else year, *written) is None for written in (first, last)):
            return None
        # 2季度 is six months as well as the second quarter; a word, a year or a mark makes it the quarter.
        bare = (match["quarter"] or "").isdigit() and match[0] == f"{match['quarter']}季度"
        is_in_passing = bare and match["from_quarter"] is None
    day = WrittenDay(year, first, last, shift)
    return _Found(day, match.end(), is_in_passing, is_alone, bool(year_end or match["end"]))


def _within(match: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """First and last (month, day) of the quarter, half year or month a match names, or None for a whole year."""
    if not (match["quarter"] or match["half"] or match["month"]):
        return None
    if match["quarter"]:
        last = _QUARTERS[match["quarter"]] * 3
        begin = _QUARTERS[match["from_quarter"]] * 3 - 2 if match["from_quarter"] else last - 2
        return ((last, 1) if match["end"] else (begin, 1)), (last, 0)
    if match["half"]:
        last = 6 if match["half"] == "上" else 12
        return ((last, 1) if match["end"] else (last - 5, 1)), (last, 0)
    month = _count(match["month"])
    if match["day"]:
        day = _count(match["day"])
        return (month, day or 99), (month, day or 99)
    if match["part"]:
        begin_day, end_day = _PARTS[match["part"]]
        return (month, begin_day), (month, end_day)
    begin = _count(match["from"]) if match["from"] else month
    return ((month, 21) if match["end"] else (begin, 1)), (month, 0)


def _count(words: str) -> int:
    if words[0].isascii():
        return int(words)
    number = chinese_number(words)
    return 0 if number is None else int(number)


def _spanned(first: WrittenDay, last: WrittenDay) -> WrittenDay:
    """A span from one date to another: it takes the year of its beginning where its end has none."""
    year = last.year if last.year is not None else first.year
    same_year = first.year is None or first.year == year
    return WrittenDay(year, first.first if same_year else (1, 1), last.last, last.shift)
