// Checks what helm has rendered: against the schemas of Kubernetes, each manifest against the others, and the chart against
// package.json, its README and docs/environment.md. check-chart.sh calls it:
//
//   node tools/deploy/check-manifests.mjs CHART WORK
//
// WORK has node_modules with the schemas, a folder `manifests` with one YAML file for each values file, and `decoded` with the
// Deployment of each as kubectl has read it, or with nothing.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';

const [chart, work] = process.argv.slice(2);
const faults = [];
const complain = (where, what) => faults.push(`${where}: ${what}`);
const text = (...path) => readFileSync(join(...path), 'utf8');

/** The names of variables in docs/environment.md, with those of files that hold a value. */
const environmentPage = text('docs', 'environment.md');
const documented = new Set([
  ...[...environmentPage.matchAll(/^## `(\w+)`$/gm)].map(([, name]) => name),
  ...[...environmentPage.matchAll(/`(\w+_FILE)` names a file/g)].map(([, name]) => name),
]);
/** Node itself reads it. */
const OF_NODE = 'NODE_EXTRA_CA_CERTS';

/** What the image sets. */
const OF_IMAGE = new Set([...text('Dockerfile').matchAll(/^ENV (\w+)=/gm)].map(([, name]) => name));

/** By YAML 1.1, as Kubernetes reads it: a mode is octal. */
const documentsIn = (file) => parseAllDocuments(text(work, 'manifests', file), { version: '1.1' });
const manifestsIn = (file) => documentsIn(file).map((document) => document.toJS());
const releases = readdirSync(join(work, 'manifests'))
  .sort()
  .map((file) => ({ name: basename(file, '.yaml'), manifests: manifestsIn(file).filter(Boolean) }));

/** The module of a kind: core/v1 is v1, apps/v1 apps/v1, and the operator's is a package of its own. */
function moduleOf({ apiVersion, kind }) {
  const group = apiVersion.split('/')[0];
  const from = group.includes('coreos') ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  return `${from}/${apiVersion}/${kind}`;
}

/** Required fields, types and patterns: the JSON schemas. */
async function checkSchemas() {
  // A module in WORK finds the packages that are there.
  const loader = join(work, 'load.mjs');
  writeFileSync(loader, 'export const load = (name) => import(name);');
  const { load } = await import(pathToFileURL(loader));
  for (const { name, manifests } of releases) {
    for (const manifest of manifests) {
      const loaded = await load(moduleOf(manifest));
      try {
        new loaded[manifest.kind](manifest).validate();
      } catch (error) {
        complain(`${name}, ${manifest.kind}`, error.message);
      }
    }
  }
}

/** Unknown fields, which the schemas let pass: each manifest as a literal of its type. */
function checkFields() {
  const all = releases.flatMap(({ name, manifests }) => manifests.map((manifest) => ({ name, manifest })));
  const lines = all.map(
    ({ manifest }, index) =>
      `import type { I${manifest.kind} as T${index} } from '${moduleOf(manifest)}'; export const m${index}: T${index} = ${JSON.stringify(manifest)};`,
  );
  const file = join(work, 'manifests.ts');
  writeFileSync(file, lines.join('\n'));
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext };
  const program = ts.createProgram([file], { ...options, moduleResolution: ts.ModuleResolutionKind.Bundler });
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
    const { name, manifest } = all[line] ?? { name: 'types', manifest: { kind: '-' } };
    complain(`${name}, ${manifest.kind}`, ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
  }
}

/** The paths of what is in a value and not, or not the same, in what was decoded from it. Quantities only have to be there: 1000m is 1. */
function lostFrom(value, decoded, path = '') {
  if (path.includes('/resources/') && typeof value === 'string') return decoded === undefined ? [path] : [];
  if (typeof value !== 'object' || value === null) return isDeepStrictEqual(value, decoded) ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) => lostFrom(inner, decoded?.[key], `${path}/${key}`));
}

/** What kubectl has lost of a Deployment, or read as something else, by Kubernetes' own types. */
function checkDecoded() {
  for (const file of readdirSync(join(work, 'decoded'))) {
    const name = basename(file, '.json');
    const release = releases.find((one) => one.name === name);
    const deployment = release.manifests.find((manifest) => manifest.kind === 'Deployment');
    const lost = lostFrom(deployment, JSON.parse(text(work, 'decoded', file)));
    if (lost.length > 0) complain(`${name}, Deployment`, `kubectl does not read ${lost.join(', ')}`);
  }
}

const includes = (labels, wanted) =>
  Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(labels?.[key], value));

/** The container: its variables, volumes, probes, and what it may do. */
function checkPod(where, pod) {
  const container = pod.spec.containers[0];
  const names = container.env.map((variable) => variable.name);
  const paths = container.volumeMounts.map((mount) => mount.mountPath);
  const volumes = pod.spec.volumes.map((volume) => volume.name);
  for (const name of names.filter((one) => !documented.has(one) && one !== OF_NODE)) {
    complain(where, `${name} is not in docs/environment.md`);
  }
  if (new Set(names).size < names.length) complain(where, 'a variable is set twice');
  for (const name of names.filter((one) => OF_IMAGE.has(one.replace(/_FILE$/, '')) && one.endsWith('_FILE'))) {
    complain(where, `${name} is refused beside the variable without _FILE, which the image sets`);
  }
  if (!isDeepStrictEqual(container.volumeMounts.map((mount) => mount.name).sort(), [...volumes].sort())) {
    complain(where, 'volumes and their mounts differ');
  }
  for (const { name, value } of container.env.filter((one) => /(_FILE|_CERTS)$/.test(one.name))) {
    if (!filesOf(pod.spec, container).includes(value)) complain(where, `${name} names ${value}, which is not mounted`);
  }
  if (new Set(paths).size < paths.length) complain(where, 'two volumes have one path');
  const ports = container.ports.map((port) => port.name);
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    if (!ports.includes(container[probe].httpGet.port)) complain(where, `${probe} asks a port that is not there`);
  }
  const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = container.securityContext;
  const isConfined = !allowPrivilegeEscalation && readOnlyRootFilesystem && capabilities.drop.includes('ALL');
  const { runAsNonRoot, seccompProfile } = pod.spec.securityContext;
  if (!isConfined || !runAsNonRoot || seccompProfile.type !== 'RuntimeDefault') complain(where, 'is not confined');
  if (pod.spec.automountServiceAccountToken !== false) complain(where, 'has a token of the cluster');
}

/** The paths of the files that projected volumes bring. */
function filesOf(spec, container) {
  return spec.volumes.flatMap((volume) => {
    const { mountPath } = container.volumeMounts.find((mount) => mount.name === volume.name) ?? {};
    const sources = (volume.projected?.sources ?? []).flatMap((source) => (source.secret ?? source.configMap).items);
    return sources.map((item) => `${mountPath}/${item.path}`);
  });
}

/** Whether selectors, names and ports of a release's manifests fit each other. */
function checkRelease({ name, manifests }) {
  const of = (kind) => manifests.find((manifest) => manifest.kind === kind);
  const [deployment, service] = [of('Deployment'), of('Service')];
  const pod = deployment.spec.template;
  checkPod(`${name}, Deployment`, pod);
  const selectors = {
    Deployment: deployment.spec.selector.matchLabels,
    Service: service.spec.selector,
    PodDisruptionBudget: of('PodDisruptionBudget')?.spec.selector.matchLabels,
    NetworkPolicy: of('NetworkPolicy')?.spec.podSelector.matchLabels,
  };
  for (const [kind, wanted] of Object.entries(selectors)) {
    if (wanted && !includes(pod.metadata.labels, wanted)) complain(`${name}, ${kind}`, 'selects no pod');
  }
  const monitor = of('ServiceMonitor');
  const [ports, served] = [pod.spec.containers[0].ports, service.spec.ports].map((all) => all.map((port) => port.name));
  if (!ports.includes(service.spec.ports[0].targetPort)) complain(name, 'the service leads to no port');
  if (monitor && !includes(service.metadata.labels, monitor.spec.selector.matchLabels))
    complain(name, 'no service is monitored');
  if (monitor && !served.includes(monitor.spec.endpoints[0].port))
    complain(name, 'a port is monitored that is not there');
  const backend = of('Ingress')?.spec.rules[0].http.paths[0].backend.service;
  if (backend && (backend.name !== service.metadata.name || !served.includes(backend.port.name))) {
    complain(name, 'the Ingress leads to no service');
  }
  const { replicas, strategy } = deployment.spec;
  const claim = pod.spec.volumes.find((volume) => volume.persistentVolumeClaim)?.persistentVolumeClaim.claimName;
  if (claim && (replicas !== 1 || strategy.type !== 'Recreate')) complain(name, 'two pods may use one SQLite file');
  if (claim && of('PersistentVolumeClaim')?.metadata.name !== claim) complain(name, 'the claim is not made');
  if (Boolean(of('PodDisruptionBudget')) !== replicas > 1)
    complain(name, 'a budget is for several replicas, and for those only');
  if (pod.spec.serviceAccountName !== of('ServiceAccount')?.metadata.name) complain(name, 'the account is not made');
}

/** The settings that a release has, against the project's own schema. */
function checkSettings() {
  const isValid = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(text('docs', 'settings.schema.json')));
  for (const { name, manifests } of releases) {
    const { data } = manifests.find((manifest) => manifest.kind === 'ConfigMap') ?? {};
    if (!data || isValid(parse(data['settings.yaml']))) continue;
    for (const error of isValid.errors) complain(`${name}, settings${error.instancePath}`, error.message);
  }
}

/** The leaves of the values, as paths with dots. */
function pathsIn(values, above = '') {
  return Object.entries(values).flatMap(([key, value]) => {
    const isBranch =
      typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !Array.isArray(value);
    return isBranch ? pathsIn(value, `${above}${key}.`) : [`${above}${key}`];
  });
}

/** The files of the chart: versions, the README's table, and the variables that extraEnv may not have. */
function checkChart() {
  const { version } = JSON.parse(text('package.json'));
  const described = parse(text(chart, 'Chart.yaml'));
  if (described.version !== version || described.appVersion !== version) {
    complain('Chart.yaml', `version and appVersion must be ${version}, as in package.json`);
  }
  const rows = [...text(chart, 'README.md').matchAll(/^\| `([\w.]+)` +\|/gm)].map(([, path]) => path).sort();
  const paths = pathsIn(parse(text(chart, 'values.yaml'))).sort();
  for (const path of paths.filter((one) => !rows.includes(one))) complain('README.md', `has no row for ${path}`);
  for (const row of rows.filter((one) => !paths.includes(one)))
    complain('README.md', `has a row for ${row}, which is no value`);
  const [, list = ''] = text(chart, 'templates', '_checks.tpl').match(/\$own := list([^}]+)-\}\}/) ?? [];
  const refused = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  // Proxies may have a password, which extraEnv takes from a secret.
  const left = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'ALLOW_SECOND_SERVER'];
  const expected = [...documented].filter((name) => !left.includes(name)).sort();
  if (!isDeepStrictEqual([...refused].sort(), expected)) {
    complain('_checks.tpl', `the chart's own variables must be those of docs/environment.md: ${expected.join(' ')}`);
  }
}

checkChart();
releases.forEach(checkRelease);
checkSettings();
checkDecoded();
await checkSchemas();
checkFields();
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
