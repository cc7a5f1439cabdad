"""What a number format makes of a value: a small, exact formatter (ECMA-376 part 1, 18.8.30 and 18.8.31).

It knows what forms are written with: sections and their conditions, literals, per cent, thousands, scaling, exponents,
dates and times. A format with anything else (fractions, [DBNum1]) is not guessed at: None comes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

GENERAL = "General"
_FIFTEEN = Context(prec=15)
_TEN = Context(prec=10)
_WIDE = Context(prec=400)  # Excel's largest number has 309 digits
_LONGEST = 255
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<digits>[0#?][0#?,]*)|(?P<exponent>[Ee][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[aA]{3,4}|[hH]+|[sS]+|e+)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|[黑蓝青绿洋红白黄]色?\d*|颜色\s*\d+", re.IGNORECASE
)
_LOCALE = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?")
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"

# What Chinese Excel means by the numbers it writes without a format beside them (18.8.30, zh-cn)
CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    14: "yyyy-mm-dd",
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A number as its program shows it, and the same with every digit that was kept. Both without outer spaces."""

    shown: str
    kept: str


def exact_number(value: object) -> Decimal:
    """The number Excel holds: 15 digits, so that 0.1 + 0.2 is 0.3."""
    return _FIFTEEN.create_decimal(repr(value))


def plain(number: Decimal) -> str:
    """A number in plain digits without trailing zeros."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_date_format(number_format: str) -> bool:
    """Whether a format shows a date or a time."""
    first = _sections(number_format)[0] if number_format else []
    return any(kind == "date" or (kind == "bracket" and _ELAPSED.fullmatch(text)) for kind, text in first) and not any(
        kind in ("digits", "general") and "0" not in text for kind, text in first
    )


def is_time_format(number_format: str) -> bool:
    """Whether a date format shows nothing but the time of a day."""
    return not any(kind == "date" and text.lower()[0] in "yde" for kind, text in _sections(number_format)[0])


def format_number(number: Decimal, number_format: str) -> Formatted | None:
    """A number in a format, or None when the format says something this module does not know."""
    if len(number_format) > _LONGEST:
        return None
    sections = _sections(number_format or GENERAL)
    section, is_signed = _section_for(number, sections)
    if not _is_known(section):
        return None
    value = number if is_signed else abs(number)
    sign = "-" if value < 0 else ""
    shown, kept = (_render(section, abs(value), is_exact=is_exact) for is_exact in (False, True))
    sign_shown = sign if re.search(r"[1-9]", shown) else ""
    if any(kind == "exponent" for kind, _ in section):
        return Formatted((sign_shown + shown).strip(), plain(number))
    return Formatted((sign_shown + shown).strip(), (sign + kept).strip())


def format_text(text: str, number_format: str) -> str:
    """A text in a format that says something about texts (``"约"@``), else the text itself."""
    if "@" not in number_format or number_format == "@" or len(number_format) > _LONGEST:
        return text
    for section in _sections(number_format):
        if ("other", "@") in section and _is_known(section):
            return "".join(text if token == ("other", "@") else _literal(token) for token in section)
    return text


def format_date(moment: date | datetime | time, number_format: str) -> str | None:
    """A date or time in a format, or None when the format says something this module does not know."""
    section = _sections(number_format)[0] if len(number_format) <= _LONGEST else []
    if not section or not all(_is_date_token(token) for token in section):
        return None
    parts: list[str] = []
    is_afternoon_shown = any(kind == "ampm" for kind, _ in section)
    for place, (kind, text) in enumerate(section):
        if kind == "date":
            parts.append(_date_part(moment, text.lower(), _is_minute(section, place), is_afternoon_shown))
        elif kind == "ampm":
            first, last = text.split("/")
            parts.append(last if getattr(moment, "hour", 0) >= 12 else first)
        elif kind == "digits":
            parts.append("")
        else:
            parts.append(_literal((kind, text)))
    return "".join(parts).strip()


Token = tuple[str, str]


def _sections(number_format: str) -> list[list[Token]]:
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(number_format):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append((kind, text))
    return sections


def _section_for(number: Decimal, sections: list[list[Token]]) -> tuple[list[Token], bool]:
    """The section a number is shown in, and whether a minus has to be written before it."""
    conditions = [_condition(section) for section in sections[:3]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition is None or _holds(number, *condition):
                is_below_zero = condition is not None and condition[0] in ("<", "<=") and condition[1] <= 0
                return section, not is_below_zero
        return sections[-1], True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _condition(section: list[Token]) -> tuple[str, Decimal] | None:
    for kind, text in section:
        found = _CONDITION.fullmatch(text) if kind == "bracket" else None
        if found is not None:
            return found[1], Decimal(found[2])
    return None


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[sign]


def _is_known(section: list[Token]) -> bool:
    digits = [place for place, (kind, _) in enumerate(section) if kind == "digits"]
    for place, (kind, text) in enumerate(section):
        if kind == "bracket" and not any(one.fullmatch(text) for one in (_CONDITION, _COLOUR, _LOCALE)):
            return False
        if kind in ("date", "ampm"):
            return False
        if digits and digits[0] < place < digits[-1] and kind not in ("digits", "exponent") and text != ".":
            return False  # a fraction, or a number cut up like 00-00
    return True


def _literal(token: Token) -> str:
    kind, text = token
    if kind in ("quoted", "escaped", "other"):
        return text
    if kind == "space":
        return " "
    found = _LOCALE.fullmatch(text) if kind == "bracket" else None
    return found[1] if found is not None else ""


def _render(section: list[Token], number: Decimal, *, is_exact: bool) -> str:
    """A number that is not negative in one section."""
    percents = sum(token == ("other", "%") for token in section)
    number = number.scaleb(2 * percents)
    digits = [place for place, (kind, _) in enumerate(section) if kind == "digits"]
    point = next((place for place, token in enumerate(section) if token == ("other", ".") and digits), -1)
    if any(kind == "exponent" for kind, _ in section):
        return _scientific(section, number)
    if not digits:
        general = plain(number) if is_exact else _general(number)
        return "".join(
            general if kind == "general" or (text == "@" and kind == "other") else _literal((kind, text))
            for kind, text in section
        )
    whole_places = [place for place in digits if point < 0 or place < point]
    decimal_places = [place for place in digits if 0 <= point < place]
    whole_codes = "".join(section[place][1] for place in whole_places)
    last = section[digits[-1] if not decimal_places else decimal_places[-1]][1]
    scale = len(last) - len(last.rstrip(","))
    if point >= 0 and whole_places:
        before = section[whole_places[-1]][1]
        scale += len(before) - len(before.rstrip(",")) if not decimal_places else 0
    number = number.scaleb(-3 * scale)
    codes = "".join(section[place][1] for place in decimal_places).replace(",", "")
    whole, fraction = _digits(number, whole_codes, codes, is_exact=is_exact)
    return _filled(section, whole_places, decimal_places, point, whole, fraction)


def _digits(number: Decimal, whole_codes: str, codes: str, *, is_exact: bool) -> tuple[str, str]:
    """The digits before and after the point as the codes ask for them, or all there are."""
    rounded = number.quantize(Decimal(1).scaleb(-len(codes)), ROUND_HALF_UP, _WIDE)
    if is_exact and rounded != number:
        whole, _, fraction = plain(number).partition(".")
        return whole, fraction
    whole, _, fraction = f"{rounded:f}".partition(".")
    while fraction and codes and codes[len(fraction) - 1] != "0" and fraction.endswith("0"):
        fraction = fraction[:-1]
    stripped = whole_codes.rstrip(",").replace(",", "")
    least = len(stripped) - len(stripped.lstrip("#?"))
    whole = whole.lstrip("0").rjust(len(stripped) - least, "0")
    if "," in whole_codes.rstrip(",") and len(whole) > 3:
        head = len(whole) % 3
        parts = [whole[:head]] if head else []
        whole = ",".join([*parts, *(whole[place : place + 3] for place in range(head, len(whole), 3))])
    return whole, fraction


def _filled(
    section: list[Token], whole_places: list[int], decimal_places: list[int], point: int, whole: str, fraction: str
) -> str:
    """The section with its digits; literals between the digit codes of the whole part are kept before the last."""
    parts: list[str] = []
    for place, token in enumerate(section):
        if place in whole_places:
            parts.append(whole if place == whole_places[-1] else "")
        elif place == point:
            parts.append(
                "."
                if fraction or (decimal_places and section[decimal_places[0]][1][0] == "0") or not decimal_places
                else ""
            )
            if not whole_places:
                parts.insert(len(parts) - 1, whole.lstrip("0"))
            parts.append("" if decimal_places else fraction)
        elif place in decimal_places:
            parts.append(fraction if place == decimal_places[0] else "")
        else:
            parts.append(_literal(token))
    if point < 0 and fraction:
        place = whole_places[-1]
        parts[place] += f".{fraction}"
    return "".join(parts)


def _scientific(section: list[Token], number: Decimal) -> str:
    place = next(place for place, (kind, _) in enumerate(section) if kind == "exponent")
    before = [text for kind, text in section[:place] if kind == "digits"]
    point = ("other", ".") in section[:place]
    decimals = len(before[-1]) if point and len(before) > 1 else 0
    if number == 0:
        mantissa, exponent = Decimal(0).quantize(Decimal(1).scaleb(-decimals)), 0
    else:
        exponent = number.adjusted()
        mantissa = number.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if mantissa >= 10:
            mantissa, exponent = mantissa.scaleb(-1).quantize(Decimal(1).scaleb(-decimals)), exponent + 1
    width = len(next((text for kind, text in section[place:] if kind == "digits"), "0"))
    sign = "-" if exponent < 0 else "+" if section[place][1].endswith("+") else ""
    head = "".join(
        _literal(token) for token in section[:place] if token[0] not in ("digits",) and token != ("other", ".")
    )
    return f"{head}{mantissa:f}E{sign}{abs(exponent):0{width}d}"


def _general(number: Decimal) -> str:
    """A number in the eleven characters Excel has for it where no format is set."""
    if number == 0 or number.adjusted() < -9 or number.adjusted() > 10:
        return plain(number)
    room = 9 if number < 1 else max(0, 9 - number.adjusted())
    return plain(_TEN.create_decimal(number).quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP))


def _is_date_token(token: Token) -> bool:
    kind, text = token
    if kind == "bracket":
        return _LOCALE.fullmatch(text) is not None
    return kind in ("date", "ampm", "quoted", "escaped", "space", "fill") or (kind == "other" and text not in "%@")


def _is_minute(section: list[Token], place: int) -> bool:
    """Whether an m stands for minutes: right after hours or right before seconds."""
    codes = [(where, text.lower()) for where, (kind, text) in enumerate(section) if kind == "date"]
    at = [where for where, _ in codes].index(place)
    return (at > 0 and codes[at - 1][1].startswith("h")) or (at + 1 < len(codes) and codes[at + 1][1].startswith("s"))


def _date_part(moment: date | datetime | time, code: str, is_minute: bool, is_half_day: bool) -> str:
    letter, width = code[0], len(code)
    if letter in "hs" or (letter == "m" and is_minute):
        hour = getattr(moment, "hour", 0)
        hour = (hour % 12 or 12) if is_half_day else hour
        number = {"h": hour, "m": getattr(moment, "minute", 0), "s": getattr(moment, "second", 0)}[letter]
        return f"{number:0{min(width, 2)}d}"
    if isinstance(moment, time):
        return ""
    match letter:
        case "y":
            return f"{moment.year % 100:02d}" if width <= 2 else f"{moment.year:04d}"
        case "e":
            return str(moment.year)
        case "a":
            return ("星期" if width == 4 else "") + _WEEKDAYS[moment.weekday()]
        case "m":
            return f"{moment:%B}"[: 3 if width == 3 else None] if width > 2 else f"{moment.month:0{width}d}"
        case _:
            return f"{moment:%A}"[: 3 if width == 3 else None] if width > 2 else f"{moment.day:0{width}d}"
