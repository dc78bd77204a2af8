#!/bin/sh
# Helm 4: a post-renderer is a plugin of that name; it gets the hooks as well.
set -eu
cd "$(dirname "$0")"
helm template shop ./shop \
  --post-renderer pindrift-helm --post-renderer-args=--lock=images.lock.yaml
