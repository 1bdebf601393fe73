#!/usr/bin/env bash
# Packs a release, installs it in an empty folder, and uses it: a first start, the login of the administrator, a restart, the commands.
# As root all of it runs as another user, who can write to a folder of data alone. Needs npm's registry, and no compiler on Node 22
# and later.
set -euo pipefail
cd "$(dirname "$0")/../.."

# What a production installation may take on the disk, in MB.
readonly LARGEST=300

. tools/check/with-server.sh package

# The other user may not reach the folder of this Node.
cp "$(node -p process.execPath)" "$work/node"
readonly node=$work/node

other=()
[ "$(id -u)" != 0 ] || other=(setpriv --reuid=65534 --regid=65534 --clear-groups --)

tools/package/pack.sh "$work"
chmod 755 "$work"
mkdir "$work/mooring" "$work/data"
tar -xzf "$work"/mooring-*.tgz -C "$work/mooring" --strip-components=1
(cd "$work/mooring" && npm ci --omit=dev --workspaces=false --loglevel=error --no-audit --no-fund)
size=$(du -sm "$work/mooring" | cut -f1)
((size <= LARGEST)) || fail "an installation takes $size MB, more than $LARGEST."
[ "$(id -u)" != 0 ] || chown 65534:65534 "$work/data"

port=$(free_port)
as_other=(
  "${other[@]}" env -i "PATH=$PATH" DATA_DIR="$work/data" DATABASE_URL="sqlite:$work/data/mooring.db" HOST=127.0.0.1 PORT="$port"
  PUBLIC_URL="http://localhost:$port" NODE_ENV=production
)

start() {
  cd "$work/mooring"
  "${as_other[@]}" "$node" dist/src/main.js >>"$work/server.log" 2>&1 &
  server=$!
  cd - >/dev/null
  curl --silent --fail --retry 100 --retry-delay 1 --retry-all-errors --retry-max-time 100 --output /dev/null \
    "http://127.0.0.1:$port/health/ready" || { cat "$work/server.log" >&2; fail 'the installed server does not get ready.'; }
}

stop() {
  kill -TERM "$server"
  wait "$server" || { cat "$work/server.log" >&2; fail 'the server did not end with 0 after SIGTERM.'; }
  server=
}

# Asks who the administrator is, with the first password.
me() {
  curl --silent --fail --user "admin:$(cat "$work/data/admin-password")" --header 'content-type: application/json' \
    --data '{"query":"{ me { username } }"}' "http://localhost:$port/graphql"
}

start
[[ "$(me)" = *'"username":"admin"'* ]] || fail 'the administrator could not log in.'
curl --silent --fail "http://localhost:$port/" | grep -q '<title>' || fail 'the portal is not served.'
stop
start
[[ "$(me)" = *'"username":"admin"'* ]] || fail 'the administrator could not log in after a restart.'
stop

version=$(node -p 'require("./package.json").version')
said=$("${as_other[@]}" "$node" "$work/mooring/dist/src/mooring.js" --version)
[ "$said" = "$version" ] || fail "mooring --version says $said, and package.json $version."
"${as_other[@]}" "$node" "$work/mooring/dist/src/mooring.js" doctor --json >"$work/doctor.json" 2>/dev/null || true
grep -q '"examinations"\|"parts"\|"findings"' "$work/doctor.json" || fail 'mooring doctor does not run in an installation.'
echo "An installation of $size MB starts, logs its administrator in, and stops."
