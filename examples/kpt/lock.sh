#!/bin/sh
# Brings the lock up to date with what the package names.
set -eu
cd "$(dirname "$0")"
exec pindrift lock shop --lock shop/images.lock.yaml --prune "$@"
