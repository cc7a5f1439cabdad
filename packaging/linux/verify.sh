#!/bin/bash
# Installs the Debian package, runs the installed program, removes it again, and checks that nothing but data is left.
# Needs root (a throw-away machine or container): it really installs.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
VERSION=$(cd "$ROOT" && .venv/bin/python -c 'import model; print(model.__version__)')
WORK="$ROOT/build/linux-verify"
say() { printf '[%s] %s\n' "$(date +%T)" "$*"; }
die() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die "installing a package needs root"
rm -rf "$WORK"
mkdir -p "$WORK/我的 资料"

say "1 install"
dpkg -i "$ROOT/dist/jixiao_${VERSION}_amd64.deb" >/dev/null
[ -x /usr/bin/jixiao ] && [ -f /usr/share/applications/jixiao.desktop ] && [ -f /usr/share/mime/packages/jixiao.xml ] ||
    die "program, menu entry or file type is missing"
say "2 self-test of the installed program"
env -u DISPLAY -u WAYLAND_DISPLAY jixiao --selftest "$WORK/我的 资料/自检" || die "self-test"
say "3 verbs, and a public store file"
jixiao import --store "$WORK/我的 资料/二〇二二.jixiao" "$ROOT/tests/fixtures/forms/evaluations-2022-platform-centre.json"
jixiao export --store "$WORK/我的 资料/二〇二二.jixiao" --out "$WORK/我的 资料/自评.xlsx"
cp "$ROOT/resources/example.jixiao" "$WORK/example.jixiao"
jixiao check --store "$WORK/example.jixiao" >/dev/null
digest=$(sha256sum <"$WORK/我的 资料/二〇二二.jixiao")
say "4 remove"
dpkg --purge jixiao >/dev/null
[ ! -e /opt/jixiao ] && [ ! -e /usr/bin/jixiao ] && [ ! -e /usr/share/applications/jixiao.desktop ] || die "files were left"
[ "$digest" = "$(sha256sum <"$WORK/我的 资料/二〇二二.jixiao")" ] || die "the data was touched"
say "VERIFIED: installed, used and removed"
