#!/bin/bash
# The part of the verification that needs a screen: the real Setup.exe through its wizard, the icon on the desktop, the
# running window, each on a virtual screen with Qt's real Windows platform, as pictures.
#   pictures.sh [SETUP.exe [FOLDER]]
# Leaves with a plain message and exit code 0 where the screen or the one DLL it needs cannot be had.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../.." && pwd)
. "$HERE/tools.sh"
VERSION=$(version_of "$ROOT")
SETUP=${1:-$ROOT/dist/Setup-$VERSION.exe}
OUT=${2:-$ROOT/build/windows-pictures}
WORK="$ROOT/build/windows-screen"
started=$SECONDS
[ -f "$SETUP" ] || die "$SETUP is missing; run make windows first"
require_tools wine:wine wineboot:wine /usr/share/i18n/locales/zh_CN:locales x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 \
    Xvfb:xvfb xdotool:xdotool import:imagemagick fc-match:fontconfig pgrep:procps \
    /usr/share/wine/fonts/marlett.ttf:fonts-wine

rm -rf "$WORK"
mkdir -p "$WORK" "$OUT" "$ROOT/build/cache"
say "1 a fresh Windows for 张三 with a screen"
own_screen
trap 'wineserver -k 2>/dev/null || true; kill $SCREEN_PID 2>/dev/null || true' EXIT
chinese_windows "$WORK"
if ! real_window_platform "$ROOT/build/cache"; then
    say "NO PICTURES: this wine lacks windows.ui.dll, and without it Qt shows no real window"
    exit 0
fi
cp /usr/share/wine/fonts/marlett.ttf "$WINEPREFIX/drive_c/windows/Fonts/" # the signs on the buttons of a title bar
SUBSTITUTES='HKCU\Software\Wine\Fonts\Replacements' # wine has no Chinese font of its own
for name in SimSun 宋体 'MS Shell Dlg' 'MS Shell Dlg 2' Tahoma; do
    run_wine reg add "$SUBSTITUTES" /v "$name" /t REG_SZ /d "$(fc-match -f '%{family[0]}' :lang=zh-cn:sans)" /f >/dev/null
done

shown() { # seconds to wait for, name of the picture
    sleep "$1"
    import -window root +dither -colors 192 PNG8:"$OUT/windows-$2.png"
    say "  windows-$2.png"
}
double_click_in() { # size and corner of a part of the screen: on the middle of what is drawn there, wherever the font puts it
    local middle
    import -window root "$WORK/look.png"
    middle=$(convert "$WORK/look.png" -crop "$1+$2+$3" +repage -fuzz 8% -trim \
        -format "%[fx:$2+page.x+w/2] %[fx:$3+page.y+h/2]" info:)
    # shellcheck disable=SC2086
    xdotool mousemove $middle click --repeat 2 --delay 90 1
}
wait_for() { # what, file that will be there
    local _
    for _ in $(seq 90); do [ ! -e "$2" ] || return 0; sleep 1; done
    import -window root "$OUT/failed.png"
    die "$1 never happened; the screen is in $OUT/failed.png"
}

x86_64-w64-mingw32-gcc -O2 -s -mwindows "$HERE/shims/stay.c" -o "$WORK/stay.exe"
wine explorer /desktop=jixiao,1366x820 "$(windows_path "$WORK/stay.exe")" </dev/null >/dev/null 2>&1 &
sleep 5
on_desktop() { wine explorer /desktop=jixiao,1366x820 "$@" </dev/null >/dev/null 2>&1 & }
running() { pgrep -f 'Jixiao.jixiao\.exe' >/dev/null; }
started_by() { # what did it
    local _
    for _ in $(seq 60); do ! running || return 0; sleep 1; done
    import -window root "$OUT/failed.png"
    die "$1 did not start the program; the screen is in $OUT/failed.png"
}
closed() { # Alt+F4, as a person would
    xdotool key alt+F4
    local _
    for _ in $(seq 30); do running || return 0; sleep 1; done
    import -window root "$OUT/failed.png"
    die "the program did not close; the screen is in $OUT/failed.png"
}

say "2 the wizard, by the keyboard"
mkdir "$PROFILE/Documents/绩效"
cp "$ROOT/resources/example.jixiao" "$PROFILE/Documents/绩效/二〇二六年.jixiao"
on_desktop "$(windows_path "$SETUP")"
shown 8 setup-welcome
xdotool key Return
shown 2 setup-folder
xdotool key Return
wait_for "the installation" "$PROGRAM/uninstall.exe"
shown 6 setup-finished
share_file_types

say "3 started from the last page of the wizard; the first start asks where to begin, Enter takes what is proposed"
xdotool key Return
started_by "the wizard"
shown 15 first-start
xdotool key Return
wait_for "the first data file" "$PROFILE/Documents/绩效填报.jixiao.lock"
sleep 3
closed
shown 2 desktop

say "4 a double-click on the icon of the desktop opens the file of last time"
double_click_in 300x70 0 0
started_by "the icon"
wait_for "opening the file of last time" "$PROFILE/Documents/绩效填报.jixiao.lock"
sleep 3
closed

say "5 a double-click on a data file"
on_desktop explorer.exe "C:\\users\\$USER_DIR\\Documents\\绩效"
shown 5 file
double_click_in 260x40 157 112
started_by "the data file"
wait_for "opening the data file" "$PROFILE/Documents/绩效/二〇二六年.jixiao.lock"
shown 15 window

say "6 the manual, and the licences under 关于"
xdotool key F1
shown 8 manual
xdotool key Escape
sleep 2
xdotool key alt+h
sleep 1
xdotool key Up Return
shown 4 about
xdotool key Escape
sleep 1
closed

say "7 the self-test in a real window"
on_desktop "$(windows_path "$PROGRAM/jixiao.exe")" --selftest "C:\\users\\$USER_DIR\\Documents\\自检"
wait_for "the self-test" "$PROFILE/Documents/自检/selftest.json"
sleep 2
"$ROOT/.venv/bin/python" "$ROOT/packaging/check_selftest.py" "$PROFILE/Documents/自检" "$VERSION"
convert "$PROFILE/Documents/自检/自评.png" +dither -colors 192 PNG8:"$OUT/windows-selftest.png"
say "PICTURES in ${OUT#"$ROOT"/}, $((SECONDS - started)) s"
