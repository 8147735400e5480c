#!/bin/sh
# Prints the path of a Python 3.10, or says in one sentence what to install.
#
# A name on PATH proves nothing: pyenv's shims exist for versions that are not chosen here and then fail. So every
# candidate is run. `make setup PYTHON=/path/to/python3.10` is asked first. Where only uv is, it fetches one.

has() { command -v "$1" >/dev/null 2>&1; }

# With uv the environment is made without Python's own venv, which Debian packs apart.
needs="import sys"
has uv || needs="import sys, ensurepip, venv"

accept() {
    [ -n "$1" ] || return 1
    "$1" -c "$needs; sys.version_info[:2] == (3, 10) or sys.exit(1); print(sys.executable)" 2>/dev/null
}

candidates() {
    echo "${PYTHON:-}"
    echo python3.10
    if has pyenv; then pyenv prefix 3.10 2>/dev/null | sed 's|$|/bin/python3.10|'; fi
    for root in "${PYENV_ROOT:-}" "${HOME:-}/.pyenv"; do
        for folder in "$root"/versions/3.10*; do
            if [ -x "$folder/bin/python3.10" ]; then echo "$folder/bin/python3.10"; fi
        done
    done
    echo python3
    echo python
    if has uv; then uv python find --no-project 3.10 2>/dev/null; fi
}

candidates | {
    while IFS= read -r candidate; do
        accept "$candidate" </dev/null && exit 0
    done
    exit 1
} && exit 0

if has uv; then
    echo "fetching Python 3.10 with uv" >&2
    if uv python install 3.10 >&2; then
        accept "$(uv python find --no-project 3.10 2>/dev/null)" && exit 0
    fi
fi

echo "PMO Coach needs Python 3.10, which is not on this machine: install it" \
    "(pyenv install 3.10, or the packages python3.10 and python3.10-venv, or uv, which fetches it) and run make again." >&2
exit 1
