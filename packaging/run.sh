#!/bin/sh
# `make run`: the editor on the example store; without a screen the same job off-screen, with its results named.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/python main.py --example
fi
out=build/run
rm -rf "$out"
echo "No screen here (DISPLAY is not set): doing the same job off-screen - open, edit, score, export."
QT_QPA_PLATFORM=offscreen .venv/bin/python main.py --selftest "$out"
echo "Wrote:"
find "$out" -name '*.xlsx' -o -name '*.png' -o -name '*.json' | sort | sed 's/^/  /'
