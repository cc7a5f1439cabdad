#!/bin/bash
# The same for the frozen program for Windows, under wine. After make windows, whose Python freezes the bare window.
set -euo pipefail
SELF=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$SELF/../.." && pwd)
HERE="$ROOT/packaging/windows"
. "$HERE/tools.sh"
WORK="$ROOT/build/windows"
require_tools Xvfb:xvfb wine:wine
[ -f "$WORK/dist/jixiao/jixiao.exe" ] && [ -f "$WORK/wine/drive_c/Py/python.exe" ] || die "run make windows first"
wine_environment "$WORK"
rm -rf "$WORK/bare"
run_wine 'C:\Py\python.exe' -m PyInstaller --noconfirm --onedir --windowed --name bare \
    --distpath "$(windows_path "$WORK/bare")" --workpath "$(windows_path "$WORK/bare-work")" \
    --specpath "$(windows_path "$WORK/bare-work")" "$(windows_path "$SELF/bare.py")" >"$WORK/bare.log" || true
[ -f "$WORK/bare/bare/bare.exe" ] || die "PyInstaller made no bare.exe"
real_window_platform "$ROOT/build/cache" || die "this wine shows no real window of Qt"
own_screen
"$ROOT/.venv/bin/python" "$SELF/measure.py" "${1:-9}" wine "$(windows_path "$WORK/bare/bare/bare.exe")" -- \
    wine "$(windows_path "$WORK/dist/jixiao/jixiao.exe")"
