"""A page of a PDF as a picture, for a person to compare what was read with."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

from storage.guard.picture import Picture
from storage.pdf.reading import opened

DOTS_PER_POINT = 2
_MOST_DOTS = 3_000


def page_picture(path: Path, page: int) -> Picture:
    """The picture of a page, which counts from 1. Raises UserError when the file cannot be read."""
    with opened(path) as document:
        shown = document[page - 1]
        longest = round(max(shown.get_size()))
        scale = min(DOTS_PER_POINT * 100, _MOST_DOTS * 100 // max(1, longest))
        bitmap = shown.render(scale=scale / 100, rev_byteorder=False, prefer_bgrx=True)
        lines = bytes(bitmap.buffer)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        shown.close()
    if stride != width * 4:
        lines = b"".join(lines[row * stride : row * stride + width * 4] for row in range(height))
    return Picture(width, height, scale, base64.b64encode(zlib.compress(lines, 1)).decode("ascii"))
