#!/usr/bin/env bash
# Runs the steps of the Dockerfile without a container engine: each RUN in a root of its own, made of this machine's programs, what is
# copied as the Dockerfile and .dockerignore say; then the server as the image's user, with a root that can't be written. Needs root, Node 24
# and npm's registry; some minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "image: $1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail 'only root can make a root of its own.'

if [ "${1-}" != --inside ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # Mounts end with the namespace, and processes with its first one.
  unshare --mount --pid --fork --kill-child -- "$0" --inside "$work"
  exit
fi

readonly root=$2/root
mkdir -p "$root"/{usr,etc,proc,dev,tmp,node,cache,build,out,mooring,data}
for link in bin sbin lib lib64; do [ ! -L "/$link" ] || cp -a "/$link" "$root/"; done
mount --make-rprivate /
for folder in usr etc; do
  mount --bind "/$folder" "$root/$folder"
  mount -o remount,bind,ro "$root/$folder"
done
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
node_home=$(node -p 'require("node:path").resolve(process.execPath, "../..")')
mount --bind "$node_home" "$root/node"
mkdir -p "${npm_config_cache:-$HOME/.npm}"
mount --bind "${npm_config_cache:-$HOME/.npm}" "$root/cache"
# Where npm is not beside this Node, as in a package of Debian, the links of the image would be broken.
npm_cli=/node/lib/node_modules/npm/bin/npm-cli.js
[ -e "$root$npm_cli" ] || fail "npm is not beside this Node ($node_home)."
mkdir -p "$root/programs"
printf '#!/bin/sh\nexec /node/bin/node %s "$@"\n' "$npm_cli" >"$root/programs/npm"
chmod +x "$root/programs/npm"

in_root() { chroot "$root" env -i PATH=/programs:/node/bin:/usr/bin:/bin HOME=/tmp npm_config_cache=/cache npm_config_loglevel=error "$@"; }

# The lines of the Dockerfile, each whole.
instructions() { sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' Dockerfile | grep -v '^#' | grep .; }
# What `COPY . .` takes: what git has, without what .dockerignore names.
sources() { git ls-files -co --exclude-standard | grep -vE "^($(grep -v '[*.]' .dockerignore | paste -sd'|'))/"; }

stage=0
folder=/
environment=()
while read -r instruction rest; do
  case $instruction in
    FROM) stage=$((stage + 1)) environment=() ;;
    WORKDIR) folder=$rest ;;
    ENV) environment+=("$rest") ;;
    RUN)
      echo "image: after $SECONDS s: RUN $rest"
      in_root "${environment[@]}" sh -c "cd $folder && $rest" || fail "the step failed: $rest"
      ;;
    COPY)
      case $rest in
        '. .') sources | tar -cf - -T - | tar -xf - -C "$root$folder" ;;
        '--from=build /out ./') cp -a "$root/out/." "$root$folder/" ;;
        *) (set -- $rest; while (($# > 1)); do mkdir -p "$root$folder/${!#}" && cp "$1" "$root$folder/${!#}"; shift; done) ;;
      esac
      ;;
    USER) user=$rest ;;
    ENTRYPOINT) entry=$rest ;;
    CMD) command=$rest ;;
  esac
done < <(instructions)
[ "$stage" = 2 ] || fail "the Dockerfile has $stage stages, in place of 2."

mapfile -t line < <(node -e 'for (const part of [...JSON.parse(process.argv[1]), ...JSON.parse(process.argv[2])]) console.log(part)' "$entry" "$command")
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
[ "$(stat -c %u:%g:%a "$root/data")" = 1000:1000:700 ] || fail '/data does not belong to the user of the image.'

# As `--read-only --tmpfs /tmp --volume mooring:/data` does.
mount -t tmpfs tmpfs "$root/tmp"
mount --bind "$root/data" "$root/data"
mount --rbind "$root" "$root"
mount -o remount,bind,ro "$root"
chroot --userspec="$user" "$root" env -i PATH=/node/bin:/usr/bin:/bin "${environment[@]}" HOST=127.0.0.1 PORT="$port" \
  PUBLIC_URL="http://localhost:$port" sh -c 'touch /mooring/x 2>/dev/null && exit 9; cd /mooring && exec "$@"' sh "${line[@]}" >"$2/log" 2>&1 &
server=$!
curl --silent --fail --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null "http://127.0.0.1:$port/health/ready" ||
  { cat "$2/log" >&2; fail 'the server does not get ready.'; }
[ "$(stat -c %u "$root/proc/$server")" = "${user%:*}" ] || fail "the server does not run as $user."
curl --silent --fail --user "admin:$(cat "$root/data/admin-password")" --header 'content-type: application/json' \
  --data '{"query":"{ me { username } }"}' "http://localhost:$port/graphql" | grep -q '"username":"admin"' || fail 'the administrator can not log in.'
kill -TERM "$server"
wait "$server" || fail 'the server did not end with 0 after SIGTERM.'
echo "image: its steps work; $(du -sm "$root/mooring" | cut -f1) MB beside the base image; $SECONDS s."
