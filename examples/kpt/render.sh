#!/bin/sh
# kpt pins in place: web.yaml keeps its comment and gets its digest. What was there shows in git.
set -eu
cd "$(dirname "$0")"
kpt fn render shop --allow-exec
