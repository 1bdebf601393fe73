import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Api } from './api.js';
import { PEOPLE } from './people.js';
import { adminPasswordIn, apiAsAdmin, environmentOf, ready, startProviderFor, useProvider } from './setup.js';

const PORTAL = 'http://localhost:5173';
const SERVER = 'http://localhost:8080';
const PROVIDER_PORT = 8090;
const DATA = 'data/dev';
/** The first start compiles everything. */
const START_SECONDS = 180;
const GRACE_MS = 10_000;

const HELP = `Starts Mooring for those who work on it: open ${PORTAL}. A change in src restarts the server, a
change in portal/src shows at once, and an OpenID provider runs beside them. The database and keys are in ${DATA}, which
may be deleted. Ctrl-C ends all.
`;

const say = (text: string) => void process.stdout.write(`${text}\n`);
const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** Starts a program in a process group of its own: Ctrl-C then reaches it once, through us. */
function start(args: readonly string[], env: NodeJS.ProcessEnv, cwd = '.'): ChildProcess {
  return spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
}

/** Compiles the server into the folder of {@link DATA}, starts it, and does both again after each change. */
function startServer(): ChildProcess {
  const env = { LOG_LEVEL: 'warn', ...environmentOf(PORTAL, DATA) };
  const options = ['--watch', '--preserveWatchOutput', '--no-shell', '--path', 'demo/tsconfig.dev.json'];
  return start(['node_modules/@nestjs/cli/bin/nest.js', 'start', ...options], env);
}

/** Serves the portal from its sources, and hands everything else on to the server. */
function startPortal(): ChildProcess {
  const args = ['--port', new URL(PORTAL).port, '--strictPort', '--host', '127.0.0.1'];
  return start(['../node_modules/vite/bin/vite.js', ...args], process.env, 'portal');
}

/** Ends a program and then, or after a while, whatever is left of its group. */
async function end(child: ChildProcess): Promise<void> {
  const killGroup = () => {
    try {
      process.kill(-(child.pid ?? NaN), 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  };
  const killer = setTimeout(killGroup, GRACE_MS);
  if (isRunning(child)) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  clearTimeout(killer);
  killGroup();
}

/** Sets OIDC mode up at the first start; later on the settings stay as they were left. */
async function configure(api: Api, issuer: string): Promise<void> {
  const { configuration } = await api<{ configuration: { oidc: { endpoint: string | null } } }>(
    '{ configuration { oidc { endpoint } } }',
  );
  if (configuration.oidc.endpoint === null) await useProvider(api, issuer);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return void process.stdout.write(HELP);
  const provider = await startProviderFor(PORTAL, { port: PROVIDER_PORT });
  const children = [startServer(), startPortal()];
  const [server] = children as [ChildProcess];
  const stopped = Promise.race([
    once(process, 'SIGINT'),
    once(process, 'SIGTERM'),
    ...children.map((child) => once(child, 'exit')),
  ]);
  try {
    const started = async () => {
      await ready(SERVER, server, START_SECONDS);
      const password = await adminPasswordIn(DATA);
      await configure(apiAsAdmin(SERVER, password), provider.issuer);
      const names = PEOPLE.map(({ username }) => username).join(', ');
      say(
        `Open ${PORTAL} and log in as admin with the password ${password}, or through the provider as ${names}. Ctrl-C ends all.`,
      );
    };
    await Promise.race([started(), stopped]);
    await stopped;
    if (!children.every(isRunning)) throw new Error('The server or the portal ended by itself; see above.');
  } finally {
    await Promise.all([...children.map(end), provider.close()]);
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
