#!/bin/sh
# Flux runs no functions: the digests go into `images:` of the kustomization, from the lock.
set -eu
cd "$(dirname "$0")"
pindrift lock apps --prune "$@"
{
  sed '/^images:/,$d' apps/kustomization.yaml
  pindrift export --to kustomize
} > kustomization.new
mv kustomization.new apps/kustomization.yaml
