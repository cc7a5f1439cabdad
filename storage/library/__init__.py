"""The indicator library as files, and names spelt in pinyin (docs/library.md)."""

from storage.library.file import FORMAT, SHIPPED, read_library, shipped, write_library
from storage.library.pinyin import spell
from storage.library.taking import Taking, spelt, taking

__all__ = ["FORMAT", "SHIPPED", "Taking", "read_library", "shipped", "spell", "spelt", "taking", "write_library"]
