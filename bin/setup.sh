# Sourced by bin/run, bin/test and bin/lock: makes .venv hold what the lock files say, and nothing else.
# Once set up it only compares one line with the lock files, so that a later start waits for nothing.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
stamp=.venv/locked
unset PYTHONDONTWRITEBYTECODE # every start would compile every package anew, which takes seconds

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }
is_root() { [[ $(id -u) == 0 ]]; }

# apt_install PACKAGE...: quietly, as root only; the caller says what is missing when this fails.
apt_install() {
    is_root && command -v apt-get >/dev/null || return 1
    say "Installing $* ..."
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
        >"${TMPDIR:-/tmp}/student-portal-apt.log" 2>&1
}

find_python() {
    local name
    for name in python3 python3.11 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and was not found: install it (on Debian: apt-get install python3) and run this again."
}

make_venv() {
    local python version
    python=$(find_python)
    version=$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_install python3-venv || apt_install "python$version-venv" \
            || stop "Python's venv module is missing: run 'apt-get install python3-venv' as root and run this again."
    fi
    "$python" -m venv --clear .venv || stop "Python could not make a virtual environment in .venv."
}

# install runtime|dev: exactly what requirements/<that>.txt names, every download checked against its hash.
install() {
    local log=.venv/setup.log
    say "Installing what requirements/$1.txt names (needs the network, about a minute) ..."
    {
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
            -r requirements/bootstrap.txt \
            && .venv/bin/uv pip sync --python .venv/bin/python --compile-bytecode --require-hashes "requirements/$1.txt"
    } >"$log" 2>&1 || {
        [[ -z ${CI:-} ]] || cat "$log" >&2
        stop "The packages could not be installed: check the network connection and run this again (all of it is in $log)."
    }
}

# ensure_venv runtime|dev: a virtual environment set up for tests also serves for running, and stays so.
ensure_venv() {
    local want=$1 have='' locks
    locks=$(cat requirements/*.txt | sha256sum)
    [[ -f $stamp && -x .venv/bin/python ]] && have=$(<"$stamp")
    [[ $have == dev* ]] && want=dev
    [[ $have == "$want $locks" ]] && return

    [[ -n $have ]] || make_venv
    install "$want"
    printf '%s' "$want $locks" >"$stamp"
}

# The three libraries that WeasyPrint draws PDFs with. Everything but PDF works without them.
ensure_pdf_libraries() {
    local library missing=''
    for library in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
        compgen -G "/usr/lib*/$library" >/dev/null || compgen -G "/usr/lib*/*/$library" >/dev/null || missing=yes
    done
    [[ -n $missing ]] || return 0
    apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        || say "PDFs cannot be made until 'apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' is run as root; everything else works."
}
