#!/usr/bin/env bash
# Builds the release that the upgrade stories start from, out of this repository's history, into a folder that is kept.
# `tools/upgrade/prepare.sh --help` says more.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly RELEASE=0.1.0
# The last commit of 0.1.0: the next one replaces a dependency, and with the one after that the changelog begins to grow.
readonly COMMIT=ab188cf9ab23b8ad053f35c1c361d978a493ec9e
readonly ROOT=${MOORING_INTEROP:-$HOME/.cache/mooring-interop}

usage() {
  cat <<END
Usage: tools/upgrade/prepare.sh [--folder]

Builds release $RELEASE (commit ${COMMIT:0:7}) with the dependencies of its own lock file, unless that was done before, and prints its
folder. It is in \$MOORING_INTEROP, by default ~/.cache/mooring-interop (240 MB), one for each version of Node's modules. Needs git with that
commit, npm with its registry, python3, make and g++. Takes about four minutes.

--folder  only prints the folder, and fails where it is not there.
END
}

fail() {
  echo "upgrade: $*" >&2
  exit 1
}

folder=$ROOT/mooring-$RELEASE-node-$(node -p process.versions.modules)
case "$#:${1-}" in
  0:) ;;
  1:--folder) [ -d "$folder" ] || fail "release $RELEASE is not built. Run tools/upgrade/prepare.sh first."; echo "$folder"; exit ;;
  1:--help) usage; exit ;;
  *) usage >&2; exit 2 ;;
esac
if [ -d "$folder" ]; then
  echo "$folder"
  exit
fi

git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
  fail "this clone does not have commit ${COMMIT:0:7}, the last one of release $RELEASE. Fetch the whole history: git fetch --unshallow."

mkdir -p "$ROOT"
part=$(mktemp -d "$ROOT/.part-XXXXXX")
trap 'rm -rf "$part" "$part.log"' EXIT

# Each step after the other by hand: in a condition `set -e` does not count.
build() {
  local headers
  # A Node that was not installed by the system has its headers beside it, for what is compiled.
  headers=$(dirname "$(dirname "$(node -p process.execPath)")")
  [ ! -e "$headers/include/node/node.h" ] || export npm_config_nodedir=$headers
  git archive "$COMMIT" | tar -x -C "$part" &&
    cd "$part" &&
    npm ci --workspaces=false --no-audit --no-fund --loglevel=error &&
    npm run build:server &&
    npm prune --omit=dev --workspaces=false --no-audit --no-fund --loglevel=error
}

if ! (build) >"$part.log" 2>&1; then
  cat "$part.log" >&2
  fail "release $RELEASE could not be built."
fi
chmod 755 "$part"
# Another run may have been first: then its folder counts.
mv -T "$part" "$folder" 2>/dev/null || true
echo "$folder"
