# For checks that start a server, sourced with the name of the check: a temporary folder $work, and what removes it and ends the process
# $server, however the check ends.

readonly check=$1

fail() {
  echo "$check: $1" >&2
  exit 1
}

# A port that nothing listens on.
free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

work=$(mktemp -d)
server=
finally() {
  local code=$?
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$work"
  exit "$code"
}
trap finally EXIT
