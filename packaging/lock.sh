#!/bin/sh
# Pins packaging/*.in with the hashes of every wheel and no index address; the Windows lock is for freezing under wine.
set -eu
cd "$(dirname "$0")"
tools=../build/lock-tools
[ -x "$tools/bin/uv" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install -q uv; }
compile() {
    "$tools/bin/uv" pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url "$@"
}
compile --universal --output-file requirements.lock requirements.in
compile --universal --output-file requirements-dev.lock requirements-dev.in
compile --python-platform x86_64-pc-windows-msvc --output-file requirements-windows.lock requirements-windows.in
