# Sourced by the scripts that build and verify a bundle: what they say, and which tools they need.
say() { printf '[%s] %s\n' "$(date +%T)" "$*"; }
die() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

missing_of() { # command-or-file:package ... -> the packages whose command or file is not there
    local pair
    for pair in "$@"; do
        [ -e "${pair%%:*}" ] || command -v "${pair%%:*}" >/dev/null 2>&1 || printf ' %s' "${pair##*:}"
    done
}

require_tools() { # command-or-file:package ...
    local missing
    missing=$(missing_of "$@")
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "installing$missing"
        apt-get update >/dev/null || true
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null || true
        missing=$(missing_of "$@")
    fi
    [ -z "$missing" ] || die "these tools are missing; install them with: apt-get install$missing"
}

version_of() { # root of the project: the one version number
    sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$1/model/__init__.py"
}

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%6.1f MB", bytes / 1e6 }'; }

own_screen() { # a virtual screen that ends with the script; sets DISPLAY
    local number=60 _
    while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
    Xvfb ":$number" -screen 0 1366x820x24 >/dev/null 2>&1 &
    SCREEN_PID=$!
    trap 'kill $SCREEN_PID 2>/dev/null || true' EXIT
    for _ in $(seq 40); do [ ! -e "/tmp/.X11-unix/X$number" ] || break; sleep 0.25; done
    export DISPLAY=":$number"
}
