#!/usr/bin/env bash
# Checks the examples for Prometheus and Grafana, and a scrape, with Debian's promtool: the rules, each query of the dashboard as
# a rule of its own, and the form of what /metrics says. Needs the built server, and apt-get where promtool is not on the PATH.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tools/check/with-server.sh promtool

# The one on the PATH, or that of PROMTOOL, or Debian's, unpacked here: its package would start a server.
promtool=${PROMTOOL:-$(command -v promtool || true)}
if [ -z "$promtool" ]; then
  (cd "$work" && { apt-get download -qq prometheus || { apt-get update -qq && apt-get download -qq prometheus; }; }) >"$work/apt.log" 2>&1 ||
    fail "not on the PATH, and apt-get can't download Debian's package prometheus: $(tail -1 "$work/apt.log")"
  dpkg -x "$work"/prometheus_*.deb "$work/prometheus"
  promtool=$work/prometheus/usr/bin/promtool
fi
"$promtool" --version >/dev/null 2>&1 || fail "$promtool does not run on this machine."

"$promtool" check rules examples/prometheus/*.yml

# Grafana puts the interval and the job in; a rule needs a name.
node -e '
  const { panels } = JSON.parse(require("node:fs").readFileSync("examples/grafana/mooring.json", "utf8"));
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  if (queries.length === 0) throw new Error("The dashboard has no queries.");
  const filled = queries.map((one) => one.replaceAll("$__rate_interval", "5m").replaceAll("$job", "mooring"));
  const rules = filled.map((expr, index) => ({ record: "dashboard:query:" + index, expr }));
  process.stdout.write(JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
' >"$work/dashboard.json"
"$promtool" check rules "$work/dashboard.json" | sed "s|$work/||"

# A scrape of a server that has answered something, without the database in the way.
export METRICS_TOKEN=a-token-for-the-check-of-a-scrape
[ -e dist/src/main.js ] || fail 'the server is not built: run npm run build:server.'
port=$(free_port)
env DATA_DIR="$work" DATABASE_URL="sqlite:$work/mooring.db" HOST=127.0.0.1 PORT="$port" node dist/src/main.js >"$work/server.log" 2>&1 &
server=$!
node - "$port" >"$work/scrape" <<'END' || { cat "$work/server.log" >&2; fail 'the server could not be scraped.'; }
  const url = `http://127.0.0.1:${process.argv[2]}`;
  const deadline = AbortSignal.timeout(120_000);
  const ready = () => fetch(`${url}/health/ready`, { signal: deadline }).then(({ ok }) => ok, () => deadline.throwIfAborted());
  const scrape = () => fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${process.env.METRICS_TOKEN}` } });
  (async () => {
    while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 100));
    await fetch(`${url}/service/token`, { headers: { authorization: `Basic ${btoa('nobody:nothing')}` } });
    await scrape();
    // The counts are made behind the first scrape.
    for (;;) {
      const text = await (await scrape()).text();
      if (text.includes('\nmooring_sessions ')) return process.stdout.write(text);
      deadline.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
END
# 3: it can be read, but a name is unusual, as three of prom-client's own are.
code=0
"$promtool" check metrics <"$work/scrape" >"$work/lint" 2>&1 || code=$?
if { [ "$code" != 0 ] && [ "$code" != 3 ]; } || grep -v '^nodejs_active_[a-z]*_total ' "$work/lint"; then
  fail "the scrape has faults: $(cat "$work/lint")"
fi
echo "The scrape has $(grep -c '^mooring_' "$work/scrape") samples of mooring_*, in a form that Prometheus takes."
