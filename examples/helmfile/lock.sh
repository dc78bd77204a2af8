#!/bin/sh
# What `pindrift lock --render 'helmfile template'` does, spelled out with Helm alone.
set -eu
cd "$(dirname "$0")"
exec pindrift lock --prune "$@" --render '
  set -e
  helm template shop ../helm/shop --namespace shop --values ../helm/values-helm3.yaml
  helm template shop-canary ../helm/shop --namespace shop --values ../helm/values-helm3.yaml \
    --values canary.yaml'
