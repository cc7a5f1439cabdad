#!/bin/bash
# Installs the real Setup.exe under wine for a user 张三 in a Chinese locale and does everything a person would do with it.
#   verify.sh [SETUP.exe]
# Off-screen; pictures.sh does the part that needs a screen.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$HERE/tools.sh"
VERSION=$(version_of "$ROOT")
SETUP=${1:-$ROOT/dist/Setup-$VERSION.exe}
WORK="$ROOT/build/windows-verify"
OURS="$ROOT/.venv/bin/python $ROOT/main.py"
started=$SECONDS
[ -f "$SETUP" ] || die "$SETUP is missing; run make windows first"
require_tools wine:wine wineboot:wine /usr/share/i18n/locales/zh_CN:locales makensis:nsis x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 \
    osslsigncode:osslsigncode openssl:openssl

rm -rf "$WORK"
FOLDER="$WORK/我的 资料"
STORE="$FOLDER/二〇二二 年.jixiao"
mkdir -p "$FOLDER"
say "1 a fresh Windows for 张三 and $(basename "$SETUP")"
chinese_windows "$WORK"
set_in_windows QT_QPA_PLATFORM offscreen
in_registry() { wineserver -w; grep -a -i -q "$1" "$WINEPREFIX/$2.reg"; }
files() { (cd "$WINEPREFIX/drive_c" && find . -type f ! -path '*/Temp/*' ! -path './windows/*' | sort); }
installed_version() { run_wine reg query 'HKCU\Software\Jixiao' /v Version | tr -d '\r' | awk '/Version/ { print $3 }'; }
cli() { run_wine "$(windows_path "$PROGRAM/jixiao-cli.exe")" "$@"; }
setup() { # installer, its exit code
    local code=0
    run_wine "$(windows_path "$1")" /S || code=$?
    [ "$code" = "$2" ] || die "$(basename "$1") /S ended with exit code $code instead of $2"
    wineserver -w
}
files >"$WORK/files-before"

say "2 silent installation; refused where the program could not run"
run_wine winecfg -v win81
setup "$SETUP" 6
[ ! -e "$PROGRAM" ] || die "something was installed on a Windows that is too old"
run_wine winecfg -v win10
setup "$SETUP" 0
[ -f "$PROGRAM/jixiao.exe" ] && [ -f "$PROGRAM/uninstall.exe" ] || die "not installed below the user's profile"
[ -f "$DESKTOP_ICON" ] && [ -f "$MENU_ICON" ] || die "desktop or start-menu shortcut is missing"
in_registry 'Uninstall\\\\Jixiao' user || die "no entry under 应用和功能"
in_registry 'Classes\\\\.jixiao' user || die ".jixiao is not a known file type"
! in_registry jixiao system || die "something was written for all users"
outside=$(files | comm -13 "$WORK/files-before" - | grep -v "^./users/$USER_DIR/" || true)
[ -z "$outside" ] || die "files outside the user's profile: $outside"
say "  below the profile only, $(megabytes "$(du -sb "$PROGRAM" | cut -f 1)") in $(find "$PROGRAM" -type f | wc -l) files; version $(installed_version)"

say "3 self-test started from the desktop shortcut"
WINE_PATIENCE=300 run_wine start /wait "C:\\users\\$USER_DIR\\Desktop\\绩效填报助手.lnk" --selftest "$(windows_path "$FOLDER/自检")" || true
wineserver -w
"$ROOT/.venv/bin/python" "$ROOT/packaging/check_selftest.py" "$FOLDER/自检" "$VERSION"

say "4 the main job by the verbs, in a path with Chinese and blanks"
cli import --store "$(windows_path "$STORE")" "$(windows_path "$ROOT/tests/fixtures/forms/evaluations-2022-platform-centre.json")" | tail -n 1
for name in "自评 表.xlsx" 自评.json; do
    cli export --store "$(windows_path "$STORE")" --out "$(windows_path "$FOLDER/$name")" >/dev/null
    [ -s "$FOLDER/$name" ] || die "export wrote no $name"
done
code=0
message=$(cli check --store 'C:\没有.jixiao') || code=$?
case "$code $message" in "1 "*找不到文件*) ;; *) die "a missing file was not refused: $code $message" ;; esac

say "5 forms on paper, read behind the guard"
mkdir "$FOLDER/纸质 表"
papers_are_read cli windows_path "$FOLDER/纸质 表"

say "6 the same files on Windows and on Linux"
$OURS export --store "$STORE" --out "$FOLDER/自评-linux.json" >/dev/null
cmp "$FOLDER/自评.json" "$FOLDER/自评-linux.json" || die "Linux reads the store made on Windows differently"
cp "$ROOT/resources/example.jixiao" "$FOLDER/示例.jixiao"
for verb in check score; do
    cli $verb --store "$(windows_path "$FOLDER/示例.jixiao")" --json | tr -d '\r' >"$FOLDER/$verb-windows.json"
    $OURS $verb --store "$FOLDER/示例.jixiao" --json >"$FOLDER/$verb-linux.json"
    cmp "$FOLDER/$verb-windows.json" "$FOLDER/$verb-linux.json" || die "$verb says something else on Linux"
done
say "  a store made on Windows and the public example give the same bytes on both"

say "7 a double-click on the data file opens it; an installation over the running program is refused"
share_file_types
wine start "$(windows_path "$STORE")" </dev/null >/dev/null 2>&1 # no pipe: the program would hold it open
for _ in $(seq 60); do [ -f "$STORE.lock" ] && break; sleep 1; done
[ -f "$STORE.lock" ] || die "the program did not open the file that was double-clicked"
code=0
run_wine "$(windows_path "$SETUP")" /S || code=$?
[ "$code" = 5 ] || die "an installation over a running program was not refused (exit code $code)"
code=0
run_wine "$(windows_path "$PROGRAM/uninstall.exe")" /S "_?=$(windows_path "$PROGRAM")" || code=$?
[ "$code" = 5 ] && [ -f "$PROGRAM/jixiao.exe" ] || die "removing a running program was not refused (exit code $code)"
say "  both refused with exit code 5"
process=$("$ROOT/.venv/bin/python" -c 'import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))["pid"])' "$STORE.lock")
run_wine taskkill /F /PID "$process" >/dev/null # as a crash or a power cut would end it
wineserver -w
cli check --store "$(windows_path "$STORE")" >/dev/null || true
cli export --store "$(windows_path "$STORE")" --out "$(windows_path "$FOLDER/自评-后.json")" >/dev/null
cmp "$FOLDER/自评.json" "$FOLDER/自评-后.json" || die "the store changed when the program was killed"

say "8 signed with a throw-away certificate, which changes nothing else"
SIGNED="$WORK/signed/$(basename "$SETUP")"
mkdir "$WORK/signed"
cp "$SETUP" "$SIGNED"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Jixiao throw-away" -addext extendedKeyUsage=codeSigning \
    -keyout "$WORK/signed/key.pem" -out "$WORK/signed/certificate.pem" 2>/dev/null
CODESIGN_CERT="$WORK/signed/certificate.pem" CODESIGN_KEY="$WORK/signed/key.pem" "$HERE/sign.sh" "$SIGNED"
signature=$(osslsigncode verify -CAfile "$WORK/signed/certificate.pem" -in "$SIGNED" 2>&1 || true)
grep -q '^Succeeded' <<<"$signature" || die "the signature does not verify: $signature"

say "9 upgrade from an older version, by the signed installer"
digest=$(sha256sum <"$STORE")
older="$WORK/older"
cp -r "$PROGRAM" "$older"
rm "$older/uninstall.exe"
echo stale | tee "$older/_internal/stale.txt" >"$older/_internal/PySide6/stale.dll"
makensis -V1 -INPUTCHARSET UTF8 -DQUICK -DVERSION=0.0.1 "-DPAYLOAD=$older" "-DICON=$ROOT/build/assets/jixiao.ico" \
    "-DSIDE=$ROOT/build/assets/side.bmp" "-DOUT=$WORK/Setup-0.0.1.exe" "$HERE/setup.nsi"
setup "$WORK/Setup-0.0.1.exe" 0
[ "$(installed_version)" = 0.0.1 ] && [ -f "$PROGRAM/_internal/stale.txt" ] || die "the older version was not installed"
setup "$SIGNED" 0
[ "$(installed_version)" = "$VERSION" ] || die "the upgrade left the older version's number"
stale=$(find "$PROGRAM" -name 'stale*')
[ -z "$stale" ] || die "stale files of the older version stayed: $stale"
[ "$digest" = "$(sha256sum <"$STORE")" ] || die "the upgrade touched the data"
cli score --store "$(windows_path "$STORE")" >/dev/null || die "the upgraded program does not run"

say "10 uninstalled: nothing left but the data"
cp "$STORE" "$PROGRAM/误放.jixiao" # somebody keeps a file where the program is
settings() { (cd "$PROFILE/AppData" && find . -ipath '*/jixiao/*' ! -path '*/Programs/*' -type f -print0 | sort -z | xargs -0 -r sha256sum); }
settings >"$WORK/settings-before"
run_wine "$(windows_path "$PROGRAM/uninstall.exe")" /S
for _ in $(seq 30); do [ -e "$PROGRAM/uninstall.exe" ] || break; sleep 1; done
wineserver -w
[ -f "$PROGRAM/误放.jixiao" ] && [ "$(find "$PROGRAM" -type f | wc -l)" = 1 ] || die "the uninstaller left or took too much: $(find "$PROGRAM")"
rm -r "$PROGRAM"
! in_registry jixiao user || die "the uninstaller left registry entries: $(grep -a -i jixiao "$WINEPREFIX/user.reg")"
left=$(files | comm -13 "$WORK/files-before" - | grep -v -i "^./users/$USER_DIR/AppData/Local/jixiao/" || true)
[ -z "$left" ] || die "the uninstaller left files: $left"
[ "$digest" = "$(sha256sum <"$STORE")" ] || die "the uninstaller touched the data"
settings | cmp - "$WORK/settings-before" || die "the uninstaller touched the settings"
wineserver -k || true
say "VERIFIED under $(wine --version), off-screen, in $((SECONDS - started)) s"
