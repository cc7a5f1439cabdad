"""The verbs of interchange.md: import, export, check, score and read without a window and without a display."""

from storage.verbs.arguments import VERBS, ChineseParser, parse
from storage.verbs.run import run

__all__ = ["VERBS", "ChineseParser", "parse", "run"]
