"""Characters that are not what was meant: those no form can hold, and the point of an input method.

No form can hold what a screen, a printer, JSON and a workbook have no sign for. Word writes a line break within a
paragraph as U+000B, and half of a surrogate pair comes from programs that cut a text in the middle of a sign. The first
kind becomes an ordinary line end; the rest is left out. Whoever takes in a text says so (:func:`unprintable`).
"""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c]")
_FOREIGN = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_POINT = re.compile(r"(?<=[0-9])。(?=[0-9])")
# Superscripts, fractions, circled numbers and squared units are left as they are: NFKC would make 10² a 102,
# ① a 1 and ㎡ another spelling than the clerk's. The length bounds what one run of combining marks can cost.
_FOLDABLE = re.compile(
    "[^\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2103\u2109\u2150-\u218f\u2460-\u24ff"
    "\u3200-\u33ff\U0001f100-\U0001f1ff]{1,500}"
)
_TOLD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with every line end a line feed and without the characters nothing can print."""
    if text.isprintable():
        return text
    return _FOREIGN.sub("", _LINE_END.sub("\n", text))


def unprintable(text: str) -> tuple[str, ...]:
    """The characters :func:`printable` changes, as ``U+0001``, each once; a carriage return is not worth a word."""
    if text.isprintable():
        return ()
    return tuple(dict.fromkeys(f"U+{ord(character):04X}" for character in _TOLD.findall(text)))


def folded(text: str) -> str:
    """A text with its full-width characters as the usual ones, and no number made of signs that are none."""
    return text if text.isascii() else _FOLDABLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def with_points(text: str) -> str:
    """A text whose 。 between two digits is a point: an input method left in Chinese types it for one.

    ``text`` has its full-width digits folded already (domain.md §5.5, step 2); a 。 that ends a sentence stays.
    """
    return _POINT.sub(".", text) if "。" in text else text


def about_unprintable(text: str) -> str:
    """What was done about a text's unprintable characters, as the end of a sentence; empty when nothing was."""
    found = unprintable(text)
    breaks = [one for one in found if one in ("U+000B", "U+000C")]
    others = [one for one in found if one not in breaks]
    parts = [f"特殊的换行符{'、'.join(breaks)}已改为换行"] if breaks else []
    parts += [f"无法显示的字符{'、'.join(others)}已去掉"] if others else []
    return "，".join(parts)


def with_word(label: str, text: str) -> str:
    """The name of a gesture that takes in a text, with a word about what was done to it."""
    said = about_unprintable(text)
    return f"{label}（{said}）" if said else label
