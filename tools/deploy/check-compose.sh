#!/usr/bin/env bash
# Checks compose.yaml without a container engine: against the schema of the Compose specification, and by running its services as processes.
# `--help` says more.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Has the schema of the Compose specification.
readonly SCHEMA=dclint@3.1.0

usage() {
  cat <<'END'
Usage: tools/deploy/check-compose.sh

Checks compose.yaml against the JSON schema of the Compose specification, then runs its services as processes of this machine, each in a
root of its own as compose.yaml says (tools/deploy/compose-services.mjs), in namespaces of their own: logs in as a person of Keycloak,
verifies and uses the CLI secret, pushes and pulls, stops all, and does so again with what is there.

Needs root, Linux, a build (npm run build), nginx, openssl, skopeo, npm's registry, and what tools/interop/prepare.sh fetches (keycloak,
distribution, mariadb). Three to six minutes on two cores.
END
}

say() { echo "compose: $*"; }
fail() {
  echo "compose: $*" >&2
  exit 1
}

in_volume() { cat "$work/volumes/$1"; }

# Mooring's address, as a client with the authority of compose.yaml.
readonly SITE=https://localhost:8443
ask() { curl --silent --show-error --cacert "$work/ca.pem" "$@"; }
in_browser() { ask --cookie "$work/jar" --cookie-jar "$work/jar" "$@"; }
# What jq does, which not every machine has: field PATH <JSON
field() {
  node -e '
    const text = require("node:fs").readFileSync(0, "utf8");
    const value = process.argv[1].split(".").reduce((from, key) => from?.[key], JSON.parse(text));
    if (value === undefined || value === null) { console.error(text); process.exit(1); }
    console.log(value);' "$1"
}

log_in() {
  local page action
  page=$(in_browser --location "$SITE/c/oidc/login")
  [[ "$page" =~ action=\"([^\"]*)\" ]] || fail "there is no form to log in: $page"
  action=${BASH_REMATCH[1]//&amp;/'&'}
  [[ "$action" = https://keycloak.localhost:8444/* ]] || fail "the login does not lead to Keycloak: $page"
  in_browser --location --output /dev/null --data-urlencode username=lin --data-urlencode "password=$(in_volume keycloak-files/password-lin)" "$action"
}

graphql() { in_browser --header "origin: $SITE" --json "$1" "$SITE/graphql"; }

readonly NEW_TOKEN='{"query":"mutation ($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }","variables":{"input":{"name":"NAME","role":"VERIFIER"}}}'
readonly VERIFY='{"query":"query ($secret: Secret!) { verifyCliSecret(username: \"lin\", secret: $secret) { valid status } }","variables":{"secret":"SECRET"}}'

# What a person, a registry backend and a registry client do: story first|second
story() {
  local answer secret verifier
  in_volume proxy-files/ca.pem >"$work/ca.pem"
  rm -f "$work/jar"
  log_in
  if [ "$1" = first ]; then
    graphql '{"query":"mutation { onboard(input: { username: \"lin\" }) { user { username } } }"}' | field data.onboard.user.username >/dev/null
  fi
  answer=$(graphql '{"query":"{ me { username isAdmin } cliSecret { secret } }"}')
  [ "$(field data.me.username <<<"$answer") $(field data.me.isAdmin <<<"$answer")" = 'lin true' ] || fail "lin is not logged in: $answer"
  secret=$(field data.cliSecret.secret <<<"$answer")
  verifier=$(graphql "${NEW_TOKEN/NAME/$1}" | field data.createServiceToken.token)
  answer=$(ask --header "authorization: Bearer $verifier" --json "${VERIFY/SECRET/$secret}" "$SITE/graphql")
  [ "$(field data.verifyCliSecret.valid <<<"$answer")" = true ] || fail "the secret does not verify: $answer"
  ask --user "lin:$secret" "$SITE/service/token?service=registry&scope=repository:users/lin/app:pull" | field token >/dev/null
  ask --user "admin:$(in_volume mooring-files/admin-password)" "$SITE/service/token?service=registry" | field token >/dev/null
  registry_client "$1" "$secret"
}

# Pushes at the first time, and pulls what was pushed.
registry_client() {
  local app=docker://localhost:8443/users/lin/app:v1 image=$work/image
  mkdir -p "$work/trusted"
  cp "$work/ca.pem" "$work/trusted/ca.crt"
  if [ "$1" = first ]; then
    node tools/deploy/empty-image.mjs "$image"
    ! skopeo copy --quiet --dest-cert-dir "$work/trusted" --dest-creds "lin:${2}x" "oci:$image" "$app" 2>/dev/null || fail 'a wrong secret pushes.'
    skopeo copy --quiet --dest-cert-dir "$work/trusted" --dest-creds "lin:$2" "oci:$image" "$app"
  fi
  skopeo inspect --raw --cert-dir "$work/trusted" --creds "lin:$2" "$app" >/dev/null
}

# The names in the certificates, their chain, and who may read which file.
check_files() {
  local service name
  for service in proxy:localhost proxy:proxy registry:registry mariadb:mariadb keycloak:keycloak.localhost; do
    name=${service#*:} service=${service%:*}
    openssl verify -purpose sslserver -verify_hostname "$name" -CAfile "$work/volumes/mooring-files/ca.pem" \
      "$work/volumes/$service-files/server.pem" >/dev/null || fail "the certificate of $service is not for $name."
  done
  [ -z "$(find "$work/volumes" -name 'ca.key*')" ] || fail "the authority's key was kept."
  [ -z "$(find "$work"/volumes/*-files -type f -perm /077 ! -name mooring.pem)" ] || fail 'others may read a file.'
}

# In the namespaces.
inside() {
  local programs start services mounted
  set -E
  trap 'echo "compose: line $LINENO failed" >&2' ERR
  ip link set lo up
  mount --make-rprivate /
  programs=$(node -e 'console.log(JSON.stringify(Object.fromEntries(process.argv.slice(1).map((pair) => pair.split("=")))))' \
    "node=$(node -p 'require("node:path").resolve(process.execPath, "../..")')" "keycloak=$(part keycloak)" \
    "java=$(readlink -f "$prepared/java")" "registry=$(part distribution)" "mariadb=$(part mariadb)")
  for start in first second; do
    node tools/deploy/compose-services.mjs "$work" "$programs" &
    services=$!
    until [ -e "$work/ready" ]; do
      kill -0 "$services" 2>/dev/null || fail 'the services do not start.'
      sleep 0.5
    done
    check_files
    story "$start"
    [ -z "${KEPT-}" ] || cp "$work/jar" "$KEPT"
    kill -TERM "$services"
    wait "$services" || fail 'the services did not end well.'
    for mounted in $(awk -v below="$work/roots" 'index($2, below) == 1 { print $2 }' /proc/mounts | tac); do umount -l "$mounted"; done
    rm -rf --one-file-system "$work/roots" "$work/ready"
    say "the $start start: all healthy, logged in, verified, pushed or pulled, ended"
  done
}

readonly prepared=${MOORING_INTEROP:-$HOME/.cache/mooring-interop}
# The folder of a prepared part.
part() {
  local found
  found=$(find "$prepared" -maxdepth 1 -name "$1-*")
  [ -d "$found" ] || { echo "compose: tools/interop/prepare.sh $1 comes first." >&2; return 1; }
  echo "$found"
}

case "$#:${1-}" in
  0:) ;;
  1:--help) usage; exit ;;
  2:--inside) work=$2; inside; exit ;;
  *) usage >&2; exit 2 ;;
esac

[ "$(id -u)" = 0 ] || fail 'only root can make a root of its own.'
export PATH=$PATH:/usr/sbin
for needed in nginx openssl skopeo setpriv unshare curl ip; do command -v "$needed" >/dev/null || fail "$needed is missing."; done
for needed in keycloak distribution mariadb; do part "$needed" >/dev/null; done
[ -e dist/src/main.js ] && [ -e portal/dist/index.html ] || fail 'npm run build comes first.'

work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf --one-file-system "$work"' EXIT
(cd "$work" && npm pack --silent "$SCHEMA" >pack.log 2>&1) || fail "the schema can't be fetched: $(tail -1 "$work/pack.log")"
tar -xzf "$work"/dclint-*.tgz -C "$work" package/schemas/compose.schema.json
node tools/deploy/compose-schema.mjs "$work/package/schemas/compose.schema.json"
say 'compose.yaml is valid by the schema of the specification'
unshare --mount --net --pid --fork --kill-child --mount-proc -- "$0" --inside "$work"
