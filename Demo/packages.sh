# Sourced by the commands of this project: finds or installs what they need from Debian.

# need_packages PACKAGE...  root gets the packages that are missing; anybody else is told which ones to install.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "Please install these packages first (as root): apt-get install ${missing[*]}" >&2
        exit 4
    fi
    echo "Installing ${missing[*]} ..." >&2
    (
        # Of its own, so that what it leaves behind goes however it ends.
        log=$(mktemp)
        trap 'rm -f "$log"' EXIT
        trap 'exit 130' INT TERM
        install_packages "${missing[@]}" >"$log" 2>&1 && exit
        tail -n 20 "$log" >&2
        echo "The packages ${missing[*]} could not be installed." >&2
        exit 4
    ) || exit
}

# install_packages PACKAGE...  Debian's PostgreSQL makes and starts a cluster of the whole machine when it is installed,
# on port 5432. Nobody has asked for one: it is told not to, for as long as this takes.
install_packages() (
    folder=/etc/postgresql-common/createcluster.d
    file=$folder/apus-makes-its-own.conf
    trap 'rm -f "$file"; rmdir "$folder" "${folder%/*}" 2>/dev/null || true' EXIT
    trap 'exit 130' INT TERM
    mkdir -p "$folder" && echo 'create_main_cluster = false' >"$file" &&
        apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
)

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
