#!/bin/sh
# Brings the lock up to date with what the chart renders, hooks and sub-charts included.
set -eu
cd "$(dirname "$0")"
exec pindrift lock --prune "$@" --render 'helm template shop ./shop'
