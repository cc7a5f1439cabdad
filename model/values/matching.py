"""Names for comparison across documents (domain.md §8.3)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MIDDLE_DOTS = re.compile("[•・‧∙]")
_DOUBLE_QUOTES = re.compile("[“”„‟「」『』]")
_SINGLE_QUOTES = re.compile("[‘’]")


@lru_cache(maxsize=65_536)
def matching_name(text: str) -> str:
    """A name for comparison across documents: width, middle dots, quotes and spaces do not count (domain.md §8.3)."""
    text = _MIDDLE_DOTS.sub("·", unicodedata.normalize("NFKC", text))
    text = _SINGLE_QUOTES.sub("'", _DOUBLE_QUOTES.sub('"', text))
    return "".join(text.split())
