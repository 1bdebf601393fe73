#!/usr/bin/env bash
# Packs a release: the built server and portal with the list of exact dependencies, as one archive. `--help` says more.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  cat <<'END'
Usage: tools/package/pack.sh [FOLDER]

Builds, and writes mooring-VERSION.tgz into FOLDER (by default this one). To install it, in an empty folder:

  tar -xzf mooring-VERSION.tgz --strip-components=1
  npm ci --omit=dev --workspaces=false
  npm start

The archive holds npm-shrinkwrap.json, so that each installation has the versions that were tested. `npm install` of the archive is
another matter: it takes neither the exact versions nor the overrides.
END
}

[ "${1-}" != --help ] || { usage; exit; }
[ $# -le 1 ] || { usage >&2; exit 2; }
target=$(realpath "${1-.}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm run --silent build
archive=$(npm pack --silent --pack-destination "$work")
tar -xzf "$work/$archive" -C "$work"
cp package-lock.json "$work/package/npm-shrinkwrap.json"
# The same content makes the same archive, whoever packs it and when.
time=$(git log -1 --format=%cI 2>/dev/null || echo 2026-01-01T00:00:00Z)
tar --sort=name --mtime="$time" --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw -C "$work" -cf - package | gzip -n >"$target/$archive"
echo "$target/$archive: $(du -h "$target/$archive" | cut -f1), $(tar -tzf "$target/$archive" | wc -l) files."
