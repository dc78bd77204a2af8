#!/bin/sh
# Runs where you commit, not in Argo CD: the sidecar renders from the committed lock and asks nobody.
set -eu
cd "$(dirname "$0")"
exec pindrift lock --lock app/images.lock.yaml --prune "$@" --render 'kustomize build app'
