"""The processes of programmes that need the recording and failing device loaded before they start."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.torture import device, power

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["power", folder, how]:
            power.worker(Path(folder), safe=how == "safe")
        case ["device", folder, count, seed, how]:
            device.worker(Path(folder), int(count), int(seed), honest=how == "honest")
