"""The processes of programmes that need the recording and failing device loaded before they start."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.torture import device, power
from tests.torture.tally import Run

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["power", folder, how]:
            power.worker(Path(folder), safe=how == "safe")
        case ["device", folder, count, seed, parts, how]:
            piece, pieces = map(int, parts.split("/"))
            run = Run(int(count), int(seed), Path(folder), piece, pieces)
            device.worker(run, honest=how == "honest")
