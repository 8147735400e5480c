#!/bin/sh
# Starts the coach in its container: the data folder gets a link to the image's sentence encoder.
set -eu
[ -e "$PMO_COACH_VAR/encoder" ] || ln -s /opt/encoder "$PMO_COACH_VAR/encoder"
exec /opt/pmo-coach/.venv/bin/pmo-coach "$@"
