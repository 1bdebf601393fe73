#!/usr/bin/env bash
# Checks the unit of systemd with systemd-analyze: its form, and how much of the machine it exposes. Needs systemd 252 or later, and not that it
# runs.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The exposure, of 10, that is allowed.
readonly MOST=1.3

command -v systemd-analyze >/dev/null || { echo 'unit: systemd-analyze is missing (Debian: apt-get install systemd).' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What has to be on a machine that runs it, and is not on every one that checks it.
sed "s|^ExecStart=/usr/bin/node|ExecStart=$(command -v true)|; s|^WorkingDirectory=.*|WorkingDirectory=/|; s|^User=.*|User=root|; s|^Group=.*|Group=root|" \
  deploy/systemd/mooring.service >"$work/mooring.service"
problems=$(systemd-analyze verify "$work/mooring.service" 2>&1)
[ -z "$problems" ] || { echo "unit: $problems" >&2; exit 1; }

cp deploy/systemd/mooring.service "$work/mooring.service"
exposure=$(systemd-analyze security --offline=true "$work/mooring.service" --no-pager | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
awk -v found="$exposure" -v most="$MOST" 'BEGIN { exit !(found != "" && found <= most) }' ||
  { echo "unit: an exposure of $exposure, more than $MOST." >&2; exit 1; }
echo "The unit is well formed; its exposure is $exposure of 10."
