#!/bin/bash
# How long the frozen program for Linux takes to its window, as a ratio to a bare frozen PySide6 window.
# After make linux; needs Xvfb.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$ROOT/packaging/tools.sh"
WORK="$ROOT/build/start-linux"
require_tools Xvfb:xvfb
rm -rf "$WORK"
mkdir -p "$WORK/home"
"$ROOT/.venv/bin/python" -m PyInstaller --noconfirm --onedir --name bare --distpath "$WORK/dist" --workpath "$WORK/work" \
    --specpath "$WORK" "$HERE/bare.py" >"$WORK/pyinstaller.log" 2>&1
own_screen
export HOME="$WORK/home" QT_QPA_PLATFORM=xcb
"$ROOT/.venv/bin/python" "$HERE/measure.py" "${1:-9}" "$WORK/dist/bare/bare" -- "$ROOT/build/linux/dist/jixiao/jixiao"
