#!/bin/bash
# Runs the tests of model, storage and window on the genuine Windows Python and the Windows Qt, under wine, off-screen.
# After make windows, whose wine and packages it uses; the packages of the tests are those of requirements-dev.lock.
#   test.sh [PYTEST ARGUMENT ...]
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$HERE/tools.sh"
WORK="$ROOT/build/windows"
started=$SECONDS
ORIGINAL_HOME=$HOME
require_tools wine:wine /usr/share/i18n/locales/zh_CN:locales unzip:unzip fc-match:fontconfig
[ -f "$WORK/wine/drive_c/Py/python.exe" ] || die "run make windows first"
NEEDED="colorama hypothesis iniconfig packaging pefile pluggy pygments pytest pytest-qt pytest-randomly sortedcontainers"

say "1 the Windows Python with pytest"
chinese_locale "$WORK"
wine_environment "$WORK"
PY="$WINEPREFIX/drive_c/PyTest"
rm -rf "$PY" "$WORK/test-wheels"
cp -r "$WINEPREFIX/drive_c/Py" "$PY"
rm "$PY/python311._pth" # with it Python would not look at PYTHONPATH
awk -v needed=" $NEEDED " '/^[a-z]/ { split($1, name, "=="); wanted = index(needed, " " name[1] " ") } wanted' \
    "$ROOT/packaging/requirements-dev.lock" >"$WORK/test.lock"
HOME=$ORIGINAL_HOME "$ROOT/.venv/bin/python" -m pip --disable-pip-version-check -qq download --no-deps --require-hashes \
    --platform win_amd64 --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none \
    --only-binary=:all: -d "$WORK/test-wheels" -r "$WORK/test.lock" || die "the packages of the tests could not be downloaded"
for wheel in "$WORK"/test-wheels/*.whl; do unzip -q -o "$wheel" -d "$PY/Lib/site-packages"; done
fonts=$(dirname "$(fc-match -f '%{file}' :lang=zh-cn:sans)")
set_in_windows QT_QPA_FONTDIR "$(windows_path "$fonts")" # off-screen Qt looks for fonts nowhere else

say "2 pytest on $(run_wine 'C:\PyTest\python.exe' --version | tr -d '\r') for Windows"
cd "$ROOT"
[ $# -gt 0 ] || set -- tests/model tests/storage tests/gui
code=0
WINE_PATIENCE=3600 run_wine 'C:\PyTest\python.exe' -m pytest -q -p no:cacheprovider "$@" || code=$?
say "pytest ended with exit code $code after $((SECONDS - started)) s"
exit $code
