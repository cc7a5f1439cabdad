#!/bin/bash
# Installs the real Setup.exe under wine for a user 张三 in a Chinese locale and does everything a person would do with it.
#   verify.sh SETUP.exe [OLDER-SETUP.exe]
# With WINE_PLATFORM=windows and a screen (Xvfb) the window is a real one and pictures are taken; default is off-screen.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$HERE/tools.sh"
SETUP=$(realpath "$1")
PLATFORM=${WINE_PLATFORM:-offscreen}
WORK="$ROOT/build/windows-verify"
started=$SECONDS
require_tools wine:wine wineboot:wine localedef:locales x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32

rm -rf "$WORK"
mkdir -p "$WORK/locale" "$WORK/我的 资料"
localedef -i zh_CN -f UTF-8 "$WORK/locale/zh_CN.UTF-8" 2>/dev/null || true
# The locale decides the ANSI code page (936 here, as on a Chinese Windows); shortcuts with Chinese names need it.
export LOCPATH="$WORK/locale" LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8 USER=张三 LOGNAME=张三 WINEUSERNAME=张三
wine_environment "$WORK"
say "1 a fresh Windows for 张三"
new_prefix
PROFILE=$(find "$WINEPREFIX/drive_c/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -n 1)
for folder in Desktop Documents Downloads Music Pictures Videos; do
    # wine links these to the real home; a test must not reach it
    if [ -L "$PROFILE/$folder" ]; then rm "$PROFILE/$folder" && mkdir "$PROFILE/$folder"; fi
done
wineserver -w
USER_DIR=$(basename "$PROFILE")
PROGRAM="$PROFILE/AppData/Local/Programs/Jixiao"
DESKTOP_ICON="$PROFILE/Desktop/绩效填报助手.lnk"
MENU_ICON="$PROFILE/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/绩效填报助手.lnk"
registry() { wineserver -w; grep -a -q "$1" "$WINEPREFIX/$2.reg"; }
tree_digest() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum; }

if [ -n "${2:-}" ]; then
    say "2 an older version first: $(basename "$2")"
    run_wine "$(windows_path "$(realpath "$2")")" /S
    mkdir -p "$PROGRAM/_internal" && echo stale >"$PROGRAM/_internal/stale-of-an-older-version.txt"
fi
say "3 silent installation"
run_wine "$(windows_path "$SETUP")" /S
[ -f "$PROGRAM/jixiao.exe" ] && [ -f "$PROGRAM/uninstall.exe" ] || die "not installed below the user's profile"
[ -f "$DESKTOP_ICON" ] && [ -f "$MENU_ICON" ] || die "desktop or start-menu shortcut is missing"
[ ! -e "$PROGRAM/_internal/stale-of-an-older-version.txt" ] || die "a stale file of an older version stayed"
registry 'Uninstall\\\\Jixiao' user || die "no entry under 应用和功能"
registry 'Classes\\\\.jixiao' user || die ".jixiao does not open by double-click"
! registry 'Jixiao' system || die "something was written for all users"

say "4 self-test started from the desktop shortcut"
selftest() { # output-folder, by shortcut
    run_wine start /wait "C:\\users\\$USER_DIR\\Desktop\\绩效填报助手.lnk" --platform "$PLATFORM" \
        --selftest "$(windows_path "$1")"
    [ -f "$1/selftest.json" ] || die "the self-test left no report"
    python3 - "$1/selftest.json" <<'P'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
assert report["ok"] and report["frozen"], report
print("  self-test ok:", {key: report[key] for key in ("platform", "qt", "python", "sqlite", "window_ms") if key in report})
P
}
timeout 300 true; selftest "$WORK/我的 资料/自检"

say "5 the main job by the verbs, in a path with Chinese and blanks"
STORE="$WORK/我的 资料/二〇二二 年.jixiao"
jixiao() { run_wine "$(windows_path "$PROGRAM/jixiao.exe")" "$@"; }
jixiao import --store "$(windows_path "$STORE")" "$(windows_path "$ROOT/tests/fixtures/forms/evaluations-2022-platform-centre.json")"
jixiao export --store "$(windows_path "$STORE")" --out "$(windows_path "$WORK/我的 资料/自评 表.xlsx")"
jixiao export --store "$(windows_path "$STORE")" --out "$(windows_path "$WORK/我的 资料/自评.json")"
[ -s "$STORE" ] && [ -s "$WORK/我的 资料/自评 表.xlsx" ] && [ -s "$WORK/我的 资料/自评.json" ] || die "a verb wrote nothing"
(cd "$ROOT" && .venv/bin/python main.py score --store "$STORE" >/dev/null) || die "a store made on Windows does not open on Linux"

say "6 refuses to install over a running program"
wine "$(windows_path "$PROGRAM/jixiao.exe")" --platform "$PLATFORM" "$(windows_path "$STORE")" </dev/null >/dev/null 2>&1 &
sleep 8
code=0
run_wine "$(windows_path "$SETUP")" /S || code=$?
run_wine taskkill /F /IM jixiao.exe >/dev/null || true
wait || true
[ "$code" != 0 ] || die "an installation over a running program was not refused"
say "  refused with exit code $code"

say "7 installed again: data untouched"
digest=$(sha256sum <"$STORE")
settings=$([ -d "$PROFILE/AppData/Roaming/Jixiao" ] && tree_digest "$PROFILE/AppData/Roaming/Jixiao" || echo none)
run_wine "$(windows_path "$SETUP")" /S
[ "$digest" = "$(sha256sum <"$STORE")" ] || die "reinstalling touched the data"

say "8 uninstalled: nothing left but the data"
run_wine "$(windows_path "$PROGRAM/uninstall.exe")" /S
for _ in $(seq 20); do [ -e "$PROGRAM" ] || break; sleep 1; done
[ ! -e "$PROGRAM" ] && [ ! -e "$DESKTOP_ICON" ] && [ ! -e "$MENU_ICON" ] || die "the uninstaller left files"
! registry 'Uninstall\\\\Jixiao' user || die "the uninstaller left its registry entry"
! registry 'Jixiao.Store' user || die "the uninstaller left the file type"
[ "$digest" = "$(sha256sum <"$STORE")" ] || die "the uninstaller touched the data"
[ "$settings" = "$([ -d "$PROFILE/AppData/Roaming/Jixiao" ] && tree_digest "$PROFILE/AppData/Roaming/Jixiao" || echo none)" ] ||
    die "the uninstaller touched the settings"
wineserver -k || true
say "VERIFIED under $(wine --version), platform $PLATFORM, in $((SECONDS - started)) s"
