# Sourced by build.sh and verify.sh: which tools are needed, and a wine that behaves the same everywhere.
say() { printf '[%s] %s\n' "$(date +%T)" "$*"; }
die() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

require_tools() { # command:package ...
    local missing="" pair
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
    done
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "installing$missing"
        apt-get update >/dev/null
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null || true
        missing=""
        for pair in "$@"; do
            command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
        done
    fi
    [ -z "$missing" ] || die "these tools are missing; install them with: apt-get install$missing"
}

wine_environment() { # scratch folder: HOME and prefix live there, so that nothing of the real home is touched
    export HOME="$1/home" WINEPREFIX="$1/wine" WINEARCH=win64 WINEDEBUG=-all
    export WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
    mkdir -p "$HOME"
}

new_prefix() {
    rm -rf "$WINEPREFIX"
    wineboot -i </dev/null >/dev/null 2>&1 || die "wine could not make a prefix"
    run_wine winecfg -v win10
    local system="$WINEPREFIX/drive_c/windows/system32"
    # wine 8 lacks this DLL; newer ones bring it. It stays in wine's own folder and never ships.
    [ -f "$system/bcryptprimitives.dll" ] ||
        x86_64-w64-mingw32-gcc -O2 -shared -s "$HERE/shims/bcryptprimitives.c" -o "$system/bcryptprimitives.dll" -ladvapi32
}

# Standard handles have to be pipes or /dev/null: on a regular file Windows Python dies with WinError 6 under wine 8.
run_wine() { wine "$@" </dev/null 2>&1 | cat; return "${PIPESTATUS[0]}"; }

windows_path() { printf 'Z:%s' "${1//\//\\}"; }
