#!/bin/sh
# Pins packaging/*.in with the hashes of every wheel and no index address.
set -eu
cd "$(dirname "$0")"
tools=../build/lock-tools
[ -x "$tools/bin/pip-compile" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install -q pip-tools; }
for name in requirements requirements-dev; do
    "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras --no-header \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file "$name.lock" "$name.in"
done
