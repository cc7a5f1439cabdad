# Sourced by build.sh, verify.sh and pictures.sh: a wine that behaves the same everywhere.
. "$(dirname "${BASH_SOURCE[0]}")/../tools.sh"

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

chinese_locale() { # scratch folder. It decides the ANSI code page: 936, as on a Chinese Windows
    mkdir -p "$1/locale"
    localedef -i zh_CN -f UTF-8 "$1/locale/zh_CN.UTF-8" 2>/dev/null || true # it warns, and fails for that, on some systems
    [ -e "$1/locale/zh_CN.UTF-8/LC_CTYPE" ] || die "the Chinese locale could not be made; install it with: apt-get install locales"
    export LOCPATH="$1/locale" LANG=zh_CN.UTF-8
    { export LC_ALL=zh_CN.UTF-8; } 2>/dev/null # bash itself complains about a locale only LOCPATH knows
}

chinese_windows() { # scratch folder: a fresh Windows for 张三; sets PROFILE, USER_DIR and where the program will be
    chinese_locale "$1" # shortcuts with Chinese names need it
    export USER=张三 LOGNAME=张三 WINEUSERNAME=张三
    wine_environment "$1"
    new_prefix
    PROFILE=$(find "$WINEPREFIX/drive_c/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -n 1)
    local folder
    for folder in Desktop Documents Downloads Music Pictures Videos; do
        # wine links these to the real home; a test must not reach it
        if [ -L "$PROFILE/$folder" ]; then rm "$PROFILE/$folder" && mkdir "$PROFILE/$folder"; fi
    done
    wineserver -w
    [ -n "$PROFILE" ] || die "wine made no profile for 张三"
    USER_DIR=$(basename "$PROFILE")
    PROGRAM="$PROFILE/AppData/Local/Programs/Jixiao"
    DESKTOP_ICON="$PROFILE/Desktop/绩效填报助手.lnk"
    MENU_ICON="$PROFILE/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/绩效填报助手.lnk"
}

# Standard handles have to be pipes or /dev/null: on a regular file Windows Python dies with WinError 6 under wine 8.
# A windowed program that fails shows a message box and waits for somebody to read it, hence the time limit.
run_wine() { timeout "${WINE_PATIENCE:-600}" wine "$@" </dev/null 2>&1 | cat; return "${PIPESTATUS[0]}"; }

windows_path() { printf 'Z:%s' "${1//\//\\}"; }

set_in_windows() { # name value: an environment variable of the Windows user; wine hands none called QT_* over
    run_wine reg add 'HKCU\Environment' /v "$1" /t REG_SZ /d "$2" /f >/dev/null
}

# Windows looks file types up for all users and for this user together; wine 8 only the former.
share_file_types() {
    local key
    if ! run_wine reg query 'HKCR\.jixiao' >/dev/null; then
        for key in .jixiao Jixiao.Store; do
            run_wine reg copy "HKCU\\Software\\Classes\\$key" "HKLM\\Software\\Classes\\$key" /s /f >/dev/null
        done
    fi
}

# Qt's real Windows platform asks for a WinRT class wine 8 lacks. The one file comes from Debian's wine 10, into a cache
# of the build, and stays in wine's own folder. Fails, saying why, where it cannot be had.
WINDOWS_UI_SHA256=8a8b5b67450ab6e63c7989e7089614cf65794c905454814f46e8152892911b0c
real_window_platform() { # cache folder
    local system="$WINEPREFIX/drive_c/windows/system32" dll="$1/windows.ui.dll" scratch="$1/trixie" options mirror
    [ ! -f "$system/windows.ui.dll" ] || return 0
    if ! echo "$WINDOWS_UI_SHA256  $dll" | sha256sum -c --status 2>/dev/null; then
        rm -rf "$scratch" && mkdir -p "$scratch/lists/partial" "$scratch/archives/partial"
        mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/$' | head -n 1)
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$scratch/sources.list"
        options="-qq -o Dir::Etc::sourcelist=$scratch/sources.list -o Dir::Etc::sourceparts=/nonexistent
            -o Dir::State::lists=$scratch/lists -o Dir::Cache::archives=$scratch/archives
            -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root"
        # shellcheck disable=SC2086
        if ! { apt-get $options update && (cd "$scratch" && apt-get $options download libwine:amd64) &&
            dpkg-deb --fsys-tarfile "$scratch"/libwine_*.deb |
            tar xO --wildcards '*/x86_64-windows/windows.ui.dll' >"$dll"; } >"$1/windows.ui.log" 2>&1; then
            say "windows.ui.dll of Debian trixie's libwine could not be had: $(tail -n 1 "$1/windows.ui.log")"
            return 1
        fi
        rm -rf "$scratch"
        echo "$WINDOWS_UI_SHA256  $dll" | sha256sum -c --quiet || return 1
    fi
    cp "$dll" "$system/"
    local class='HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings' name
    run_wine reg add "$class" /v DllPath /t REG_SZ /d 'C:\windows\system32\windows.ui.dll' /f >/dev/null
    for name in ActivationType Threading TrustLevel; do run_wine reg add "$class" /v $name /t REG_DWORD /d 0 /f >/dev/null; done
}
