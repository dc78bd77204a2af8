#!/bin/sh
# What helmfile does with helmfile.yaml beside this file, spelled out with Helm alone.
set -eu
cd "$(dirname "$0")"
pinned() {
  helm template "$@" --namespace shop --values ../helm/values-helm3.yaml \
    --post-renderer pindrift-helm --post-renderer-args=--lock=images.lock.yaml
}
pinned shop ../helm/shop
pinned shop-canary ../helm/shop --values canary.yaml
