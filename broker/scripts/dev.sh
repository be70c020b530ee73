#!/usr/bin/env sh
# Brings the local database up to date and starts the Worker.
set -eu
cd "$(dirname "$0")/.."
exec npm run dev -- "$@"
