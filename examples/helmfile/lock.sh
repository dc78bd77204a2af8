#!/bin/sh
# What `helmfile template | pindrift lock -` does, spelled out with Helm alone.
set -eu
cd "$(dirname "$0")"
{
  helm template shop ../helm/shop --namespace shop --values ../helm/values-helm3.yaml
  helm template shop-canary ../helm/shop --namespace shop --values ../helm/values-helm3.yaml \
    --values canary.yaml
} | pindrift lock - --prune "$@"
