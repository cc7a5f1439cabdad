#!/bin/bash
# The same spec as on Windows, as a folder and as dist/jixiao_X.Y.Z_amd64.deb; the frozen program then tests itself.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
BUILD="$ROOT/build/linux"
DIST="$ROOT/dist"
PYTHON="$ROOT/.venv/bin/python"
VERSION=$(cd "$ROOT" && "$PYTHON" -c 'import model; print(model.__version__)')
started=$SECONDS
say() { printf '[%s] %s\n' "$(date +%T)" "$*"; }
die() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

missing=""
command -v objdump >/dev/null 2>&1 || missing="$missing binutils"
command -v dpkg-deb >/dev/null 2>&1 || missing="$missing dpkg"
ldconfig -p 2>/dev/null | grep -q libpython3.11.so || "$PYTHON" -c 'import sysconfig, sys; sys.exit(not sysconfig.get_config_var("LIBDIR"))' ||
    missing="$missing libpython3.11"
if [ -n "$missing" ] && [ "$(id -u)" = 0 ]; then
    say "installing$missing"
    # shellcheck disable=SC2086
    apt-get update >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing libpython3.11 >/dev/null
elif [ -n "$missing" ]; then
    die "these tools are missing; install them with: apt-get install$missing"
fi

rm -rf "$BUILD"
mkdir -p "$BUILD" "$DIST"
say "1 PyInstaller"
cd "$ROOT"
QT_QPA_PLATFORM=offscreen "$PYTHON" packaging/assets.py
"$PYTHON" -m PyInstaller --noconfirm --distpath "$BUILD/dist" --workpath "$BUILD/work" packaging/jixiao.spec >"$BUILD/pyinstaller.log" 2>&1 ||
    { tail -n 20 "$BUILD/pyinstaller.log" >&2; die "PyInstaller failed"; }
BUNDLE="$BUILD/dist/jixiao"
[ -n "$(find "$BUNDLE" -name qtbase_zh_CN.qm)" ] || die "the Chinese texts of Qt's own dialogs are missing"

say "2 the frozen program tests itself, in a path with Chinese and blanks"
env -u DISPLAY -u WAYLAND_DISPLAY "$BUNDLE/jixiao" --selftest "$BUILD/自检 结果" || die "the self-test of the frozen program failed"

say "3 Debian package"
TREE="$BUILD/deb"
mkdir -p "$TREE/DEBIAN" "$TREE/opt" "$TREE/usr/bin" "$TREE/usr/share/applications" "$TREE/usr/share/mime/packages" \
    "$TREE/usr/share/doc/jixiao"
cp -r "$BUNDLE" "$TREE/opt/jixiao"
ln -s /opt/jixiao/jixiao "$TREE/usr/bin/jixiao"
cp "$HERE/jixiao.desktop" "$TREE/usr/share/applications/"
cp "$HERE/jixiao.xml" "$TREE/usr/share/mime/packages/"
cp "$ROOT/build/assets/licences.txt" "$TREE/usr/share/doc/jixiao/copyright"
for size in 16 24 32 48 64 128 256; do
    icons="$TREE/usr/share/icons/hicolor/${size}x${size}/apps"
    mkdir -p "$icons"
    cp "$ROOT/build/assets/jixiao-$size.png" "$icons/jixiao.png"
done
chmod -R u=rwX,go=rX "$TREE"
cat >"$TREE/DEBIAN/control" <<CONTROL
Package: jixiao
Version: $VERSION
Section: misc
Priority: optional
Architecture: amd64
Installed-Size: $(du -sk "$TREE" | cut -f 1)
Maintainer: The Jixiao maintainers <maintainers@jixiao.invalid>
Depends: libegl1, libgl1, libdbus-1-3, libfontconfig1, libglib2.0-0, libxkbcommon0, libxcb-cursor0, libxkbcommon-x11-0, libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-randr0, libxcb-render-util0, libxcb-shape0, libxcb-xkb1
Recommends: fonts-noto-cjk | fonts-wqy-microhei
Description: 绩效填报助手 - performance declarations and self-evaluations of public projects
 An offline editor for 财政项目支出绩效目标申报表 and 绩效自评表: entry with live checks,
 an explained score, and the official Excel.
CONTROL
dpkg-deb --build --root-owner-group "$TREE" "$DIST/jixiao_${VERSION}_amd64.deb" >/dev/null
(cd "$DIST" && sha256sum "jixiao_${VERSION}_amd64.deb" >SHA256SUMS-linux)

say "done in $((SECONDS - started)) s"
printf 'installed  %6.1f MB in %s files\n' "$(du -sb "$BUNDLE" | awk '{print $1 / 1e6}')" "$(find "$BUNDLE" -type f | wc -l)"
printf '%-30s %6.1f MB\n' "jixiao_${VERSION}_amd64.deb" "$(stat -c %s "$DIST/jixiao_${VERSION}_amd64.deb" | awk '{print $1 / 1e6}')"
