#!/bin/sh
# Recompiles the lock files from pyproject.toml: every package with its hashes, no address, no path.
#
#   requirements.lock        what running needs, without requirements-overrides.txt's packages
#   requirements-dev.lock    the same versions and what tests and linters need
#   requirements-stock.lock  stock Rasa with TensorFlow, for comparison on Linux (`make bench-stock`)
#   requirements-tools.lock  tools that clash with Rasa's pins: the group `tools` (audit, SBOM, API checks, fuzzing)
#
# Versions already locked stay; `make lock ARGS=--upgrade` takes the newest that fit.
set -eu
cd "$(dirname "$0")/.."

if ! command -v uv >/dev/null; then
    echo "make lock needs uv: install it and run this again." >&2
    exit 1
fi

# The lock files hold for these platforms only ([tool.uv] in pyproject.toml), so their lines need not repeat it.
marker="python_full_version < '3.11' and (sys_platform == 'darwin' or sys_platform == 'linux')"

compile() {
    output=$1
    shift
    uv pip compile --quiet --python-version 3.10 --generate-hashes --no-emit-index-url \
        --custom-compile-command "make lock" --output-file "$output" "$@" >/dev/null
    sed -e "s/ ; $marker / /" -e "s/ ; python_full_version < '3.11' and / ; /" "$output" >"$output.new"
    mv "$output.new" "$output"
    echo "$output: $(grep -c '^[a-zA-Z0-9]' "$output") packages" >&2
}

lean="--universal --override requirements-overrides.txt"
linux="--python-platform x86_64-manylinux_2_28"
# shellcheck disable=SC2086  # each is several words
{
    compile requirements.lock pyproject.toml $lean "$@"
    compile requirements-dev.lock pyproject.toml $lean --constraint requirements.lock --extra dev "$@"
    compile requirements-stock.lock pyproject.toml $linux --constraint requirements.lock "$@"
    compile requirements-tools.lock --universal --group pyproject.toml:tools "$@"
}
