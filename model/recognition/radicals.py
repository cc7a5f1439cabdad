"""Signs that look like the characters a person wrote, and stand for them in PDF files and what is copied out of these.

A font draws 目 and the radical ⽬ with one glyph, two dashes — and one long ⸺: the file has to say which of them it
means, and writers of PDF often say the other.
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺈⺊⺌⺍⺕⺜⺝⺟⺠⺢⺧⺨⺩⺪⺫⺬⺭⺮⺯⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂刀卜小小彐日月母民水牛犬王疋目示示竹糸羊羊羊老聿聿肉臼艹艹艹虎衣西西见角角讠贝车辶辶辶阝長镸长门青韦页风飞食食食饣饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜龟龟",
        strict=True,
    )
)
"""The CJK Radicals Supplement, by Unicode's EquivalentUnifiedIdeograph; the other block is decomposed by NFKC."""
_HERE = {"⼾": "户", "⸺": "——", "⸻": "———"}
"""What fonts for the mainland draw alike, though NFKC gives another form or none."""
_RADICAL = re.compile(f"[\u2f00-\u2fd5{''.join(_SUPPLEMENT)}{''.join(_HERE)}]")


def without_radicals(text: str) -> str:
    """The text with the characters themselves where it has signs that look like them."""
    return text if text.isascii() else _RADICAL.sub(_character, text)


def _character(radical: re.Match[str]) -> str:
    return _SUPPLEMENT.get(radical[0]) or _HERE.get(radical[0]) or unicodedata.normalize("NFKC", radical[0])
