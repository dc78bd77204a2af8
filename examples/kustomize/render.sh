#!/bin/sh
# Renders production, pinned from the lock beside its kustomization.
set -eu
cd "$(dirname "$0")"
kustomize build --enable-alpha-plugins --enable-exec overlays/production
