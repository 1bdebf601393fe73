import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DocumentedBlock, pageBlocks } from './documented-blocks.js';

/*
 * Who runs the commands of the documentation. A new page or block with commands fails test/documented-blocks.spec.ts until it is named here:
 *
 * 1. Give the fence its language: sh for what every shell takes; bash, zsh or fish for what only that one takes; console for commands after "$ "
 *    with what they print; text for what is no command.
 * 2. Run the block in a test (`pageBlocks(PAGE)` gives the texts), and name the test below: { by: 'test/….e2e-spec.ts' }.
 * 3. Only if it can't be run on a developer's machine: { not: 'the reason' }. Its syntax, and the names of `mooring` commands, npm scripts and
 *    variables in it are checked all the same.
 *
 * A key is PAGE#HEADING, with the nearest heading above the block as it is written, or PAGE for all blocks of the page. JSON, YAML, GraphQL, nginx,
 * ini and JavaScript need no entry: their language says how they are checked.
 */

/** Who runs a block: a test or a script of the repository, or the reason why nobody can. */
export type Runner = { readonly by: string } | { readonly not: string };

const CLUSTER =
  'needs a Kubernetes cluster and a registry; npm run test:chart renders the chart with each --set of the page';
const ELSEWHERE = 'needs hosts and folders of the reader';
const ENGINE = 'needs a container engine';
const SYSTEMD =
  'needs root and a running systemd; npm run test:package installs the archive, npm run test:systemd checks the unit';

/** The runners, by PAGE#HEADING or PAGE. */
export const RUNNERS: Readonly<Record<string, Runner>> = {
  'README.md#Two commands': { by: '.ci/run' },
  'README.md#Running it': { by: '.ci/run' },
  'README.md#On MariaDB or MySQL': { by: 'test/mysql/readme-database.e2e-spec.ts' },
  'README.md#Upgrading': { not: 'git pull needs a later release; the other three are those of "Running it"' },
  'README.md#First steps of an administrator': { by: 'test/readme-api.e2e-spec.ts' },
  'docs/backup.md#SQLite': { by: 'test/backup.e2e-spec.ts' },
  'docs/backup.md#MariaDB and MySQL': { by: 'test/backup.e2e-spec.ts' },
  'docs/backup.md#A drill': { not: `${ELSEWHERE}; test/backup.e2e-spec.ts restores a backup in another folder` },
  'docs/backup.md#A backup of 0.1.0': { by: 'test/upgrade/upgrade.upgrade-spec.ts' },
  'docs/ci.md#Is the secret good?': { not: `${ELSEWHERE}; test/registry-token.e2e-spec.ts asks the same` },
  'docs/commands.md#A lost password of the built-in administrator': { by: 'test/admin-password-command.e2e-spec.ts' },
  'docs/commands.md#Users': { by: 'test/users-command.e2e-spec.ts' },
  'docs/commands.md#The way out of OIDC mode': { by: 'test/mode-command.e2e-spec.ts' },
  'docs/commands.md#Renaming a user': { by: 'test/rename-commands.e2e-spec.ts' },
  'docs/commands.md#Backup and restore': { by: 'test/backup.e2e-spec.ts' },
  'docs/compose.md': { not: `${ENGINE}; npm run test:compose runs its services as processes` },
  'docs/doctor.md': { by: 'test/sqlite/doctor.e2e-spec.ts' },
  'docs/egress.md#An authority of the company': { not: ENGINE },
  'docs/encryption-key.md': { by: 'test/encryption-key.e2e-spec.ts' },
  'docs/gdpr.md#Export': { by: 'test/personal-data-page.e2e-spec.ts' },
  'docs/gdpr.md#Delete': { by: 'test/users-remove-command.e2e-spec.ts' },
  'docs/getting-started.md#The demo': { by: 'test/demo-registry.e2e-spec.ts' },
  'docs/getting-started.md#Your own provider': { by: 'test/clients.registry-spec.ts' },
  'docs/graphql.md': { by: 'test/administration-page.e2e-spec.ts' },
  "docs/registry.md#The registry's configuration": { by: 'test/documented-commands.e2e-spec.ts' },
  'docs/registry.md#Several registries, and zot': { by: 'test/documented-commands.e2e-spec.ts' },
  'docs/registry.md#Logging in': { by: 'test/clients.registry-spec.ts' },
  'docs/registry.md#Garbage collection': { not: `${ELSEWHERE}; it is the registry's own command` },
  'docs/registry.md#Helm, containerd, Kubernetes': { not: 'needs a Kubernetes cluster' },
  'docs/reverse-proxies.md#Checking it': { not: `${ELSEWHERE}; test/nginx.registry-spec.ts asks the same` },
  'docs/scaling.md#One writer': { by: 'test/cluster/one-writer.cluster-spec.ts' },
  'docs/tracing.md#Install': { by: 'test/tracing-page.spec.ts' },
  'docs/tracing.md#Turn on': { by: 'test/traces.e2e-spec.ts' },
  'docs/upgrade.md#One server': { not: 'git pull needs a later release, and the rest a running systemd' },
  'deploy/systemd/README.md': { not: SYSTEMD },
  'deploy/helm/mooring/README.md': { not: CLUSTER },
};

/** The languages of fences whose blocks are commands, and the shells that have to accept them. */
export const SHELLS: Readonly<Record<string, readonly string[]>> = {
  sh: ['bash', 'dash', 'zsh'],
  console: ['bash', 'dash', 'zsh'],
  bash: ['bash'],
  zsh: ['zsh'],
  fish: ['fish'],
};

const FOLDERS = ['docs', 'deploy', 'examples'];
/** What past releases said stays as it was. */
const HISTORY = 'CHANGELOG.md';

/** The pages whose blocks are checked. */
export const PAGES: readonly string[] = [
  ...readdirSync('.').filter((name) => name !== HISTORY),
  ...FOLDERS.flatMap((folder) => filesBelow(folder).map((name) => `${folder}/${name}`)),
]
  .filter((page) => page.endsWith('.md') && !page.includes('node_modules'))
  .sort();

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

/** The fenced blocks of all pages. */
export const blocksOfPages = (): DocumentedBlock[] => PAGES.flatMap((page) => pageBlocks(page));

/** The key of the runner of a block, whether there is such a runner or not. */
export function runnerKeyOf({ page, heading }: DocumentedBlock): string {
  return page in RUNNERS ? page : `${page}#${heading}`;
}

/** `PAGE:LINE`, to be found by whoever reads a failure. */
export const placeOf = ({ page, line }: DocumentedBlock): string => `${page}:${line}`;

/** Whether a program is on the PATH: a machine need not have every shell. */
export const isHere = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** What a person types of a block with commands: all of it, or of a console the lines after "$ " with those that continue them. */
export function typedOf({ language, text }: DocumentedBlock): string {
  if (language !== 'console') return text;
  return [...text.matchAll(/^\$ (.*(?:\\\n.*)*)$/gm)].map(([, command = '']) => `${command}\n`).join('');
}
