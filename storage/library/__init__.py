"""The indicator library as files, and names spelt in pinyin (docs/library.md)."""

from storage.library.file import FORMAT, SHIPPED, read_library, shipped, write_library
from storage.library.pinyin import spell

__all__ = ["FORMAT", "SHIPPED", "read_library", "shipped", "spell", "write_library"]
