#!/bin/sh
# Helm 3: a post-renderer is a program on PATH. The same flags go to install, upgrade and diff.
set -eu
cd "$(dirname "$0")"
helm template shop ./shop --values values-helm3.yaml \
  --post-renderer pindrift-helm --post-renderer-args=--lock=images.lock.yaml
