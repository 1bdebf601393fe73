#!/usr/bin/env bash
# Checks that the first line of each commit of a range is of the form of Conventional Commits, with a scope or none:
#   tools/check/commit-messages.sh origin/main..HEAD
set -euo pipefail

readonly FORM='^(feat|fix|perf|refactor|test|docs|build|ci|chore|style|revert)(\([a-z0-9,./ -]+\))?!?: [^ ].{2,}[^.]$'

[ $# = 1 ] || { sed -n '2,3s/^# \?//p' "$0" >&2; exit 2; }
wrong=$(git log --no-merges --format='%h %s' "$1" | while read -r hash subject; do [[ "$subject" =~ $FORM ]] || echo "$hash $subject"; done)
[ -z "$wrong" ] || { printf 'Not of the form "type(scope): what it does" (CONTRIBUTING.md):\n%s\n' "$wrong" >&2; exit 1; }
