#!/bin/sh
# Makes what the services of compose.yaml need, into /files, and gives each folder to the user of its service. What is there stays, but
# certificates that end within 30 days: then there is a new authority too.
#
#   prepare.sh              makes it
#   prepare.sh passwords    prints who can log in
#   prepare.sh authority    prints the certificate of the authority
set -eu
umask 077

readonly FILES=${FILES:-/files} DATA=${DATA:-/data} TEMPLATES=${TEMPLATES:-/prepare}
readonly DAYS=397 LEFT=2592000
readonly PEOPLE='lin sam ada'

secret() { openssl rand -hex 20; }
# Mooring asks for a letter of each case and a digit.
password() { echo "Ma0$(secret)"; }

# Writes what a command prints into a file that is not there yet.
once() {
  file=$1
  shift
  [ -s "$file" ] || { "$@" >"$file.new" && mv "$file.new" "$file"; }
}

# The certificate of a service, for these names.
leaf() {
  service=$1
  shift
  names=$(printf ',DNS:%s' "$@")
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$FILES/$service/server.key" -subj "/CN=$1" \
    -out "$authority/request" 2>/dev/null
  printf 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\nsubjectAltName=%s\n' "${names#,}" >"$authority/extensions"
  openssl x509 -req -in "$authority/request" -CA "$authority/ca.pem" -CAkey "$authority/ca.key" -days "$DAYS" -sha256 \
    -extfile "$authority/extensions" -out "$FILES/$service/server.pem" 2>/dev/null
}

# An authority whose key nobody keeps, and whose certificate is only good for these names.
certificates() {
  authority=$(mktemp -d)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$authority/ca.key" -out "$authority/ca.pem" -days "$DAYS" \
    -sha256 -subj "/CN=Mooring's compose.yaml" -addext 'basicConstraints=critical,CA:true,pathlen:0' -addext 'keyUsage=critical,keyCertSign' \
    -addext 'nameConstraints=critical,permitted;DNS:localhost,permitted;DNS:proxy,permitted;DNS:registry,permitted;DNS:mariadb' 2>/dev/null
  leaf proxy localhost proxy
  leaf registry registry
  leaf mariadb mariadb localhost
  leaf keycloak keycloak.localhost
  for service in proxy mooring mariadb keycloak registry; do cp "$authority/ca.pem" "$FILES/$service/ca.pem"; done
  rm -rf "$authority"
}

prepare() {
  for service in proxy mariadb keycloak registry; do
    openssl x509 -in "$FILES/$service/server.pem" -noout -checkend "$LEFT" >/dev/null 2>&1 || { certificates; break; }
  done
  once "$FILES/mooring/encryption.key" openssl rand -base64 32
  once "$FILES/mooring/admin-password" password
  once "$FILES/mooring/client-secret" secret
  once "$FILES/mariadb/password" secret
  once "$FILES/mariadb/root-password" secret
  once "$FILES/mooring/database-url" \
    printf 'mysql://mooring:%s@mariadb:3306/mooring?ssl-mode=VERIFY_IDENTITY&ssl-ca=/run/mooring/ca.pem' "$(cat "$FILES/mariadb/password")"
  once "$FILES/keycloak/admin-password" secret
  edits="s/@CLIENT_SECRET@/$(cat "$FILES/mooring/client-secret")/"
  for person in $PEOPLE; do
    once "$FILES/keycloak/password-$person" secret
    edits="$edits; s/@PASSWORD_$person@/$(cat "$FILES/keycloak/password-$person")/"
  done
  # Keycloak takes it only as long as it has no such realm.
  mkdir -p "$DATA/keycloak/import"
  sed "$edits" "$TEMPLATES/realm.json" >"$DATA/keycloak/import/realm.json"
  for owner in proxy:101 mooring:1000 mariadb:999 keycloak:1000 registry:1000; do
    chown -R "${owner#*:}:${owner#*:}" "$FILES/${owner%:*}"
  done
  for owner in mooring:1000 mariadb:999 registry:1000; do chown "${owner#*:}:${owner#*:}" "$DATA/${owner%:*}"; done
  chown 1000:1000 "$DATA/keycloak" "$DATA/keycloak/import" "$DATA/keycloak/import/realm.json"
  echo 'prepared'
}

passwords() {
  for person in $PEOPLE; do echo "https://localhost:8443           $person  $(cat "$FILES/keycloak/password-$person")"; done
  echo "https://localhost:8443           admin  $(cat "$FILES/mooring/admin-password")"
  echo "https://keycloak.localhost:8444  admin  $(cat "$FILES/keycloak/admin-password")"
}

case "${1-}" in
  '') prepare ;;
  passwords) passwords ;;
  authority) cat "$FILES/proxy/ca.pem" ;;
  *) echo 'prepare.sh [passwords | authority]' >&2 && exit 2 ;;
esac
