#!/bin/sh
# Brings the lock up to date with what is rendered; `./lock.sh --update` takes on what tags name now.
set -eu
cd "$(dirname "$0")"
exec pindrift lock --lock overlays/production/images.lock.yaml --prune "$@" \
  --render 'kustomize build --enable-alpha-plugins --enable-exec overlays/production'
