# Sourced by the commands of this project: finds or installs what they need from Debian.

# need_packages PACKAGE...  root gets the packages that are missing; anybody else is told which ones to install.
need_packages() {
    local missing=() package log
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "Please install these packages first (as root): apt-get install ${missing[*]}" >&2
        exit 4
    fi
    echo "Installing ${missing[*]} ..." >&2
    log=$(mktemp)
    if ! install_packages "${missing[@]}" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        echo "The packages ${missing[*]} could not be installed." >&2
        exit 4
    fi
    rm -f "$log"
}

# install_packages PACKAGE...  Debian's PostgreSQL makes and starts a cluster of the whole machine when it is installed,
# on port 5432. Nobody has asked for one: it is told not to, for as long as this takes.
install_packages() {
    local folder=/etc/postgresql-common/createcluster.d status=0
    local file=$folder/apus-makes-its-own.conf
    mkdir -p "$folder" && echo 'create_main_cluster = false' >"$file" || return
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@"; } || status=$?
    rm -f "$file"
    rmdir "$folder" "${folder%/*}" 2>/dev/null || true
    return $status
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
