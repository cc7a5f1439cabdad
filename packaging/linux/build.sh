#!/bin/bash
# The frozen program for Linux: dist/jixiao_X.Y.Z_amd64.deb and a .tar.gz of the same folder, from the same spec as
# the one for Windows. Runs on the oldest system it is meant for, because it needs at least the libc of that one.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$ROOT/packaging/tools.sh"
BUILD="$ROOT/build/linux"
DIST="$ROOT/dist"
VERSION=$(version_of "$ROOT")
PYTHON="$ROOT/.venv/bin/python"
started=$SECONDS
require_tools objdump:binutils dpkg-deb:dpkg
"$PYTHON" -c 'from PyInstaller.depend.bindepend import get_python_library_path as find; find()' 2>/dev/null ||
    { [ "$(id -u)" != 0 ] || require_tools /usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0:libpython3.11; } ||
    die "the shared library of Python is missing; install it with: apt-get install libpython3.11"
rm -rf "$BUILD"
mkdir -p "$BUILD" "$DIST"

say "1 PyInstaller"
cd "$ROOT"
QT_QPA_PLATFORM=offscreen "$PYTHON" packaging/assets.py
PYTHONHASHSEED=0 "$PYTHON" -m PyInstaller --noconfirm --distpath "$BUILD/dist" --workpath "$BUILD/work" \
    packaging/jixiao.spec >"$BUILD/pyinstaller.log" 2>&1 || { tail -n 20 "$BUILD/pyinstaller.log" >&2; die "PyInstaller failed"; }
BUNDLE="$BUILD/dist/jixiao"
[ -n "$(find "$BUNDLE" -name qtbase_zh_CN.qm)" ] || die "the Chinese texts of Qt's own dialogs are missing"

say "2 Debian package and archive"
PACKAGE="$BUILD/package"
mkdir -p "$PACKAGE/DEBIAN" "$PACKAGE/usr/lib" "$PACKAGE/usr/bin" "$PACKAGE/usr/share/applications" \
    "$PACKAGE/usr/share/mime/packages" "$PACKAGE/usr/share/icons/hicolor/scalable/apps" "$PACKAGE/usr/share/doc/jixiao"
cp -r "$BUNDLE" "$PACKAGE/usr/lib/jixiao"
ln -s ../lib/jixiao/jixiao "$PACKAGE/usr/bin/jixiao"
cp "$HERE/jixiao.desktop" "$PACKAGE/usr/share/applications/"
cp "$HERE/jixiao.xml" "$PACKAGE/usr/share/mime/packages/"
cp "$ROOT/resources/icons/app.svg" "$PACKAGE/usr/share/icons/hicolor/scalable/apps/jixiao.svg"
for size in 16 24 32 48 64 128 256; do
    mkdir -p "$PACKAGE/usr/share/icons/hicolor/${size}x$size/apps"
    cp "$ROOT/build/assets/jixiao-$size.png" "$PACKAGE/usr/share/icons/hicolor/${size}x$size/apps/jixiao.png"
done
cat "$ROOT/LICENSE" "$ROOT/build/assets/licences.txt" >"$PACKAGE/usr/share/doc/jixiao/copyright"
libc=$(find "$BUNDLE" -type f \( -name '*.so*' -o -name jixiao \) -exec objdump -T {} + 2>/dev/null |
    grep -o 'GLIBC_2\.[0-9]*' | sort -uV | tail -n 1)
sed -e "s/@VERSION@/$VERSION/" -e "s/@LIBC@/${libc#GLIBC_}/" \
    -e "s/@INSTALLED@/$(du -sk "$PACKAGE/usr" | cut -f 1)/" "$HERE/control" >"$PACKAGE/DEBIAN/control"
chmod -R u+rwX,go+rX,go-w "$PACKAGE"
dpkg-deb --root-owner-group -Zzstd -z10 --build "$PACKAGE" "$DIST/jixiao_${VERSION}_amd64.deb" >/dev/null
tar czf "$DIST/jixiao-$VERSION-linux-amd64.tar.gz" --owner=0 --group=0 -C "$BUILD/dist" jixiao
(cd "$DIST" && sha256sum "jixiao_${VERSION}_amd64.deb" "jixiao-$VERSION-linux-amd64.tar.gz" >SHA256SUMS-linux)

say "done in $((SECONDS - started)) s; needs libc ${libc#GLIBC_} or newer"
printf '%-34s %s in %s files\n' installed "$(megabytes "$(du -sb "$BUNDLE" | cut -f 1)")" "$(find "$BUNDLE" -type f | wc -l)"
for file in "jixiao_${VERSION}_amd64.deb" "jixiao-$VERSION-linux-amd64.tar.gz"; do
    printf '%-34s %s\n' "$file" "$(megabytes "$(stat -c %s "$DIST/$file")")"
done
cat "$DIST/SHA256SUMS-linux"
