#!/bin/sh
# Makes or mends an environment from its lock file: `setup.sh run` and `setup.sh dev` for .venv, `setup.sh stock`
# for .venv-stock, `setup.sh tools` for .venv-tools. A stamp in the environment says what it was made from; where that has not changed nothing is
# done, and a set-up that was killed goes on where it stopped. Everything it says goes to stderr.
set -eu
cd "$(dirname "$0")/.."

kind=${1:-run}
case $kind in
    run) venv=.venv lock=requirements.lock ;;
    dev) venv=.venv lock=requirements-dev.lock ;;
    stock) venv=.venv-stock lock=requirements-stock.lock ;;
    tools) venv=.venv-tools lock=requirements-tools.lock ;;
    *) echo "usage: setup.sh run|dev|stock|tools" >&2 && exit 2 ;;
esac
stamp=$venv/.stamp-$kind
log=$venv/setup-$kind.log
python=$venv/bin/python

# What the person's shell says about other environments is not meant for this one.
unset PYTHONHOME PYTHONPATH UV_SYSTEM_PYTHON UV_PYTHON
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_PROGRESS=1

say() { echo "set-up: $*" >&2; }
has_uv() { command -v uv >/dev/null 2>&1; }
seconds_since() { echo $(($(date +%s) - $1)); }

# The stamp holds the sums of what decides, and the folder, since an environment cannot be moved.
wanted() { cat "$lock" pyproject.toml scripts/setup.sh | cksum && pwd -P; }
is_made() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted)" ]; }

# A lock is left behind when the set-up that made it is gone, or has not touched it for a minute or two.
left_behind() {
    owner=$(cat "$venv.lock/pid" 2>/dev/null || true)
    { [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; } ||
        [ -n "$(find "$venv.lock" -maxdepth 0 -mmin +1 2>/dev/null)" ]
}

lock_out_others() {
    told=
    while ! mkdir "$venv.lock" 2>/dev/null; do
        if left_behind; then
            rm -rf "$venv.lock"
            continue
        fi
        [ -n "$told" ] || say "another set-up of $venv is running: waiting for it"
        told=1
        sleep 1
    done
    echo $$ >"$venv.lock/pid"
    while kill -0 $$ && touch "$venv.lock"; do sleep 5; done >/dev/null 2>&1 &
    holder=$!
    trap 'kill $holder; rm -rf "$venv.lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM
}

make_venv() {
    usable="import sys; sys.exit(sys.version_info[:2] != (3, 10))"
    has_uv || usable="import pip; $usable"
    if [ "$(cat "$venv/.root" 2>/dev/null || pwd -P)" != "$(pwd -P)" ] || ! "$python" -c "$usable" 2>/dev/null; then
        found=$(scripts/find_python.sh)
        say "making $venv with $("$found" -V), $found"
        rm -rf "$venv"
        if has_uv; then
            uv venv --quiet --no-project --python "$found" "$venv" >&2
        else
            "$found" -m venv "$venv" >&2
        fi
    fi
    pwd -P >"$venv/.root"
}

# A package whose installation was cut off has no finished record, yet passes for installed: it goes again.
drop_halves() {
    for info in "$venv"/lib/python3.10/site-packages/*.dist-info; do
        if [ -d "$info" ] && ! grep -q '/INSTALLER,' "$info/RECORD" 2>/dev/null; then rm -rf "$info"; fi
    done
}

# step TEXT COMMAND...: runs the command with its output in the log, and tells the text and the seconds.
step() {
    text=$1
    began=$(date +%s)
    shift
    tick &
    ticker=$!
    status=0
    "$@" >"$log" 2>&1 || status=$?
    kill $ticker 2>/dev/null || true
    wait $ticker 2>/dev/null || true
    if [ $status -ne 0 ]; then
        say "$text: failed after $(seconds_since "$began") s"
        tail -n 12 "$log" | sed 's/^/    /' >&2
        say "the whole log is in $log; the same command again goes on from here"
        exit 1
    fi
    say "$text: done in $(seconds_since "$began") s"
}

# On a terminal one line counts the seconds; elsewhere the text is told once.
tick() {
    if ! [ -t 2 ]; then
        say "$text"
        return
    fi
    while kill -0 $$ 2>/dev/null; do
        printf 'set-up: %s: %s s \r' "$text" "$(seconds_since "$began")" >&2
        sleep 1
    done
}

install() {
    if has_uv; then
        uv pip install --python "$python" "$@"
    else
        "$python" -m pip install --no-input --progress-bar off "$@"
    fi
}

install_lock() {
    if has_uv; then set -- --compile-bytecode; else set -- --no-compile; fi
    install --no-deps --require-hashes -r "$lock" "$@"
    # pip would compile on one processor alone; some packages bring files for other Pythons, which do not compile.
    has_uv || "$python" -m compileall -q -j 0 "$venv"/lib || true
    # 53 MB of data with which onnx tests itself.
    rm -rf "$venv"/lib/python3.10/site-packages/onnx/backend/test
}

install_project() { install --no-deps --no-build-isolation --editable .; }

if is_made; then
    touch "$stamp"
    exit 0
fi
lock_out_others
if is_made; then exit 0; fi

make_venv
drop_halves
step "installing the $(grep -c '^[a-zA-Z0-9]' "$lock") packages of $lock into $venv" install_lock
# The tools look at the project from outside: what it imports would clash with what they import.
[ "$kind" = tools ] || step "installing the command pmo-coach into $venv" install_project
wanted >"$stamp.new"
mv "$stamp.new" "$stamp"
