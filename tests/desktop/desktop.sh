#!/bin/sh
# A desktop of its own for tests.desktop: Xvfb, a session bus, openbox, AT-SPI, and ibus with pinyin. No path is left behind.
#   sh tests/desktop/desktop.sh [--faults [FAULT…]]
# Needs xvfb, dbus, openbox, xdotool, at-spi2-core, ibus, ibus-libpinyin, and python3-gi with gir1.2-atspi-2.0 for the
# system's Python, which listens. Says what is missing and ends with 3.
set -u
for tool in xvfb-run dbus-run-session openbox xdotool ibus ibus-daemon; do
    command -v "$tool" > /dev/null || { echo "missing: $tool"; exit 3; }
done
launcher=$(ls /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher 2> /dev/null | head -n 1)
[ -n "$launcher" ] || { echo "missing: at-spi2-core"; exit 3; }
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0"); from gi.repository import Atspi' 2> /dev/null ||
    { echo "missing: python3-gi and gir1.2-atspi-2.0"; exit 3; }

if [ -z "${JIXIAO_DESKTOP:-}" ]; then
    JIXIAO_DESKTOP=$(mktemp -d)
    export JIXIAO_DESKTOP
    trap 'rm -rf "$JIXIAO_DESKTOP"' EXIT
    # nothing of this session is the person's own: neither settings nor learnt words
    XDG_CONFIG_HOME=$JIXIAO_DESKTOP/config XDG_CACHE_HOME=$JIXIAO_DESKTOP/cache XDG_DATA_HOME=$JIXIAO_DESKTOP/data \
        LC_ALL=C.UTF-8 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_IM_MODULE=ibus XMODIFIERS=@im=ibus QT_QPA_PLATFORM=xcb \
        xvfb-run -a -s "-screen 0 1366x768x24" dbus-run-session -- sh "$0" "$@" 2> "$JIXIAO_DESKTOP/session.log"
    exit $?
fi

openbox > /dev/null 2>&1 &
"$launcher" --launch-immediately > /dev/null 2>&1 &
ibus-daemon -r -x --panel disable > /dev/null 2>&1 &
.venv/bin/python -m tests.desktop "$JIXIAO_DESKTOP" "$@" 2>&1  # what goes wrong in it is to be read
code=$?
kill %1 %2 %3 2> /dev/null
exit $code
