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

papers_are_read() { # the program, how it is told a path, a folder; $ROOT is the project
    local call=$1 named=$2 folder=$3 kind bomb code message
    for kind in pdf docx; do
        "$call" import --store "$("$named" "$folder/$kind.jixiao")" "$("$named" "$ROOT/tests/fixtures/papers/two-forms.$kind")" >/dev/null
        "$call" export --store "$("$named" "$folder/$kind.jixiao")" --out "$("$named" "$folder/$kind.json")" >/dev/null
        cmp "$folder/$kind.json" "$ROOT/tests/fixtures/papers/two-forms.json" || die "a .$kind file was read as something else"
    done
    bomb=$(cd "$ROOT" && .venv/bin/python -c "import pathlib, sys; from tests.storage.guard.hostile_files import HEAVY
print(HEAVY['a PDF page with 3 million lines'](pathlib.Path(sys.argv[1])))" "$folder")
    cp "$folder/pdf.jixiao" "$folder/before.jixiao"
    code=0
    message=$("$call" import --store "$("$named" "$folder/pdf.jixiao")" "$("$named" "$bomb")" 2>&1) || code=$?
    case "$code $message" in "1 "*没有导入任何内容*) ;; *) die "a bomb was not refused: $code $message" ;; esac
    cmp "$folder/before.jixiao" "$folder/pdf.jixiao" || die "a bomb that was refused changed the store"
    say "  a PDF and a Word file give the forms they print; $(basename "$bomb") is refused: $(sed -n 1p <<<"$message" | tr -d '\r')"
}
