"""The picture of a page as the reading process hands it over."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page in four bytes a dot (blue, green, red, unused), packed and written in base 64.

    ``scale`` is how many dots a point takes, in hundredths.
    """

    width: int
    height: int
    scale: int
    packed: str

    def dots(self) -> bytes:
        """The bytes of the dots, line by line."""
        return zlib.decompress(base64.b64decode(self.packed), bufsize=self.width * self.height * 4)
