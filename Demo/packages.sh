# Sourced by the commands of this project: finds or installs what they need from Debian.

# need_packages PACKAGE...  installs the packages that are missing, or says which ones to install.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            echo "Installing ${missing[*]} ..." >&2
            sudo -n apt-get update -qq >&2 && sudo -n env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 && return 0
        fi
        echo "Please install these packages first (as root): apt-get install ${missing[*]}" >&2
        exit 4
    fi
    echo "Installing ${missing[*]} ..." >&2
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/tmp/apus-apt.$$ 2>&1; then
        tail -n 20 "/tmp/apus-apt.$$" >&2
        rm -f "/tmp/apus-apt.$$"
        echo "The packages ${missing[*]} could not be installed." >&2
        exit 4
    fi
    rm -f "/tmp/apus-apt.$$"
}

# need_swift  checks that a compiler is there.
need_swift() {
    if ! command -v swift >/dev/null; then
        echo "Swift 6.3 or later is needed: see https://www.swift.org/install" >&2
        exit 4
    fi
}

# What the server is built with and runs on.
BUILD_PACKAGES="libxml2-dev libpq-dev zlib1g-dev pkg-config"
RUN_PACKAGES="postgresql postgresql-client"
