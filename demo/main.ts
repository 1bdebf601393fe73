import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Api } from './api.js';
import { PEOPLE } from './people.js';
import { DemoRegistry, startRegistry } from './registry.js';
import {
  adminPasswordIn,
  apiAsAdmin,
  environmentOf,
  PROVIDER_PORT,
  ready,
  startProviderFor,
  useProvider,
} from './setup.js';

const MOORING = 'http://localhost:8080';
const DATA = 'data/demo';
const START_SECONDS = 30;

const HELP = `Starts Mooring on ${MOORING} with a real OpenID provider on port ${PROVIDER_PORT} and, where docker-registry or registry is on
the PATH, a real registry on port 5000; and says what to do next.
Everything it leaves behind is in ${DATA}; Ctrl-C ends it.
`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

function startMooring(): ChildProcess {
  const env = { ...environmentOf(MOORING, DATA), LOG_LEVEL: 'warn' };
  return spawn(process.execPath, ['dist/src/main.js'], { env, stdio: 'inherit' });
}

async function newVerifierToken(api: Api): Promise<string> {
  const create = 'mutation Create($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';
  const input = { name: `demo registry ${new Date().toISOString()}`, role: 'VERIFIER' };
  return (await api<{ createServiceToken: { token: string } }>(create, { input })).createServiceToken.token;
}

function registryLines(registry: DemoRegistry | null): string {
  if (!registry)
    return '4. There is no docker-registry or registry on the PATH; with one, docker login would work here.\n';
  return `4. Log in at the registry that runs beside it, and push to users/lin/... as you like (docs/registry.md):

   docker login ${registry.address} -u lin
   skopeo login --tls-verify=false ${registry.address} -u lin
`;
}

function instructions(adminPassword: string, issuer: string, token: string, registry: string): string {
  const query =
    'query($u: String!, $s: Secret!) { verifyCliSecret(username: $u, secret: $s) { valid status message principal { username groups } } }';
  const body = JSON.stringify({ query, variables: { u: 'lin', s: 'PASTE-THE-CLI-SECRET' } });
  const people = PEOPLE.map(({ username, groups }) => `${username} (groups: ${groups?.toString() ?? 'none'})`);
  return `
Mooring runs at    ${MOORING}
Its provider is    ${issuer}

1. Open ${MOORING} and choose "Login via OIDC Provider". You can be
   ${people.join('\n   ')}
2. Choose a user name, and read your CLI secret at ${MOORING}/profile.
3. Ask, as a registry would, whether it is valid (change lin if you chose another name):

   curl -s ${MOORING}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${token}' \\
     -d '${body}'

${registry}
The administrator is admin, with the password ${adminPassword}
Ctrl-C ends the demo.
`;
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return void process.stdout.write(HELP);
  say('Starting Mooring and its provider ...');
  const mooring = startMooring();
  const ended = new Promise<void>((resolve) => mooring.once('exit', () => resolve()));
  const stop = () => void mooring.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await ready(MOORING, mooring, START_SECONDS);
    const adminPassword = await adminPasswordIn(DATA);
    const provider = await startProviderFor(MOORING);
    const api = apiAsAdmin(MOORING, adminPassword);
    await useProvider(api, provider.issuer);
    const registry = await startRegistry(join(DATA, 'registry'), MOORING);
    mooring.once('exit', () => registry?.stop());
    say(instructions(adminPassword, provider.issuer, await newVerifierToken(api), registryLines(registry)));
    await ended;
    await provider.close();
  } finally {
    stop();
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
