#!/bin/sh
# Makes a fresh Debian machine ready: system libraries Qt loads, a virtual environment, the locked packages.
# Does nothing when all is there. Needs no network beyond the package registries the machine is set up for.
#   packaging/setup.sh            what `make run` and `make test` need
#   packaging/setup.sh office     LibreOffice and fonts too, for the tests that look at exported pages
set -eu
cd "$(dirname "$0")/.."

missing=""
need_library() { # soname package
    ldconfig -p 2>/dev/null | grep -q "$1" || [ -e "/usr/lib/$1" ] || missing="$missing $2"
}
PATH="$PATH:/sbin:/usr/sbin"
if command -v apt-get >/dev/null 2>&1; then
    need_library libEGL.so.1 libegl1
    need_library libGL.so.1 libgl1
    need_library libdbus-1.so.3 libdbus-1-3
    need_library libfontconfig.so.1 libfontconfig1
    need_library libglib-2.0.so.0 libglib2.0-0
    need_library libxkbcommon.so.0 libxkbcommon0
    need_library libxcb-cursor.so.0 libxcb-cursor0
    need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
    need_library libxcb-icccm.so.4 libxcb-icccm4
    need_library libxcb-image.so.0 libxcb-image0
    need_library libxcb-keysyms.so.1 libxcb-keysyms1
    need_library libxcb-randr.so.0 libxcb-randr0
    need_library libxcb-render-util.so.0 libxcb-render-util0
    need_library libxcb-shape.so.0 libxcb-shape0
    need_library libxcb-xkb.so.1 libxcb-xkb1
    ls /usr/share/fonts/*/wqy /usr/share/fonts/*/noto/*CJK* >/dev/null 2>&1 ||
        find /usr/share/fonts -iname '*cjk*' -o -iname '*wqy*' 2>/dev/null | grep -q . || missing="$missing fonts-wqy-microhei"
fi

python=""
for candidate in python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 was not found: install it (Debian: apt-get install python3 python3-venv) and run make again." >&2
    exit 1
fi
[ -x .venv/bin/python ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"

if [ "${1:-}" = office ] && ! command -v soffice >/dev/null 2>&1; then
    missing="$missing libreoffice-calc-nogui poppler-utils fonts-noto-cjk fonts-crosextra-carlito"
fi

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing system packages:$missing"
        mkdir -p build
        if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
            >build/apt.log 2>&1; then
            tail -n 5 build/apt.log >&2
            echo "apt-get could not install:$missing (full output in build/apt.log)." >&2
            [ "${1:-}" = office ] || exit 1
        fi
    elif [ "${1:-}" != office ]; then
        echo "These system packages are missing; ask an administrator to run: apt-get install$missing" >&2
        exit 1
    fi
fi

lock=packaging/requirements-dev.lock
stamp=.venv/.locked
if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv
    rm -f "$stamp"
fi
if ! cmp -s "$lock" "$stamp"; then
    echo "Installing the locked Python packages into .venv (once, some minutes)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    cp "$lock" "$stamp"
fi
