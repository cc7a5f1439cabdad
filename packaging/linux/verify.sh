#!/bin/bash
# Installs the .deb into a root of its own, does the main job with the frozen program, and removes it again.
#   verify.sh [PACKAGE.deb]
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$ROOT/packaging/tools.sh"
VERSION=$(version_of "$ROOT")
DEB=${1:-$ROOT/dist/jixiao_${VERSION}_amd64.deb}
WORK="$ROOT/build/linux-verify"
OURS="$ROOT/.venv/bin/python $ROOT/main.py"
started=$SECONDS
[ -f "$DEB" ] || die "$DEB is missing; run make linux first"
as_root=""
if [ "$(id -u)" != 0 ]; then require_tools fakeroot:fakeroot && as_root=fakeroot; fi
require_tools dpkg:dpkg update-mime-database:shared-mime-info

rm -rf "$WORK"
TARGET="$WORK/root"
FOLDER="$WORK/我的 资料"
mkdir -p "$TARGET/var/lib/dpkg/info" "$TARGET/var/lib/dpkg/updates" "$FOLDER" "$WORK/home"
touch "$TARGET/var/lib/dpkg/status"
# --force-depends: what it needs is asked of this machine below, not of the empty root
packages() { $as_root dpkg --root="$TARGET" --log=/dev/null --force-depends --force-not-root --force-bad-path "$@" >"$WORK/dpkg.log" 2>&1 ||
    { cat "$WORK/dpkg.log" >&2; die "dpkg $1 failed"; }; }
program() { env -i HOME="$WORK/home" PATH="$TARGET/usr/bin:/usr/bin:/bin" LANG=C.UTF-8 ${QT_QPA_PLATFORM:+QT_QPA_PLATFORM=$QT_QPA_PLATFORM} \
    ${DISPLAY:+DISPLAY=$DISPLAY} jixiao "$@"; }

say "1 installation into an empty root"
packages -i "$DEB"
[ "$(program --version)" = "jixiao $VERSION" ] || die "the installed program is not version $VERSION"
for needed in $(dpkg-deb -f "$DEB" Depends | sed 's/([^)]*)//g; s/,/ /g'); do
    dpkg -s "$needed" >/dev/null 2>&1 || die "this machine lacks $needed, which the package depends on"
done
if command -v desktop-file-validate >/dev/null 2>&1; then
    desktop-file-validate "$TARGET/usr/share/applications/jixiao.desktop" || die "the desktop file is not valid"
fi
update-mime-database "$TARGET/usr/share/mime" >/dev/null 2>&1 || die "the MIME type is not valid"
grep -q '^60:application/x-jixiao:\*\.jixiao$' "$TARGET/usr/share/mime/globs2" || die ".jixiao has no MIME type"
rm -r "$TARGET/usr/share/mime"/[!p]* # what update-mime-database made; the package's own file stays
say "  $(find "$TARGET/usr" -type f | wc -l) files; desktop entry, icons and MIME type of .jixiao in place"

say "2 self-test of the frozen program"
QT_QPA_PLATFORM=offscreen program --selftest "$FOLDER/自检" >/dev/null || true
"$ROOT/.venv/bin/python" "$ROOT/packaging/check_selftest.py" "$FOLDER/自检" "$VERSION"
if command -v Xvfb >/dev/null 2>&1; then
    own_screen
    QT_QPA_PLATFORM=xcb program --selftest "$FOLDER/自检 屏幕" >/dev/null || true
    "$ROOT/.venv/bin/python" "$ROOT/packaging/check_selftest.py" "$FOLDER/自检 屏幕" "$VERSION"
    unset DISPLAY
else
    say "  no virtual screen here (apt-get install xvfb): off-screen only"
fi

say "3 the verbs, in a path with Chinese and blanks, say the same as the program that is not frozen"
STORE="$FOLDER/二〇二二 年.jixiao"
program import --store "$STORE" "$ROOT/tests/fixtures/forms/evaluations-2022-platform-centre.json" | tail -n 1
program export --store "$STORE" --out "$FOLDER/自评 表.xlsx" >/dev/null
program export --store "$STORE" --out "$FOLDER/自评.json" >/dev/null
[ -s "$FOLDER/自评 表.xlsx" ] || die "export wrote no workbook"
$OURS export --store "$STORE" --out "$FOLDER/自评-source.json" >/dev/null
cmp "$FOLDER/自评.json" "$FOLDER/自评-source.json" || die "the frozen program exports something else"
cp "$ROOT/resources/example.jixiao" "$FOLDER/示例.jixiao"
for verb in check score; do
    program $verb --store "$FOLDER/示例.jixiao" --json >"$FOLDER/$verb.json"
    $OURS $verb --store "$FOLDER/示例.jixiao" --json | cmp - "$FOLDER/$verb.json" || die "$verb says something else when frozen"
done

say "4 forms on paper, read behind the guard"
mkdir "$FOLDER/纸质 表"
papers_are_read program echo "$FOLDER/纸质 表"

say "5 removed: nothing left but the data"
digest=$(sha256sum <"$STORE")
packages --purge jixiao
left=$(find "$TARGET/usr" -type f 2>/dev/null || true)
[ -z "$left" ] || die "removing left files: $left"
[ "$digest" = "$(sha256sum <"$STORE")" ] || die "removing touched the data"
say "VERIFIED in $((SECONDS - started)) s"
