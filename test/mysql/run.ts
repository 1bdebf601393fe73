import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isPrepared, prepared } from '../interop/prepared.js';
import { MariaDb } from '../support/mariadb.js';
import { JEST, ON_A_SERVER, specFiles } from './selection.js';

const LATER = 'mariadb';
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What Jest is told: the paths that follow the command or, where there are none, all specs that reach a database server. */
function argumentsOfJest(given: readonly string[]): string[] {
  if (given.some((argument) => !argument.startsWith('-'))) return [...given];
  const [all, selected] = [specFiles().length, specFiles(ON_A_SERVER).length];
  process.stdout.write(`On MariaDB: ${selected} spec files. ${all - selected} that reach no database are left out.\n`);
  return [...given, ...ON_A_SERVER];
}

/**
 * The installations of MariaDB that the suite runs on: the one that MARIADB_HOME names (empty: the one on the PATH), else the
 * one on the PATH and a later one, which `npm run interop:prepare` fetches.
 */
function installations(): readonly string[] {
  const { MARIADB_HOME: named } = process.env;
  if (named !== undefined) return [named];
  if (isPrepared(LATER)) return ['', prepared(LATER)];
  process.stdout.write('Only the MariaDB on the PATH: tools/interop/prepare.sh mariadb fetches a later one.\n');
  return [''];
}

/** Runs Jest on a server of this installation, which ends with it; says whether all passed. */
async function runOn(home: string, args: readonly string[]): Promise<boolean> {
  // Stories that start a server of their own take the same one.
  process.env.MARIADB_HOME = home;
  const server = await MariaDb.prepare();
  try {
    await server.start();
    process.stdout.write(`\n=== MariaDB ${await server.version()}\n`);
    const env = { ...process.env, TEST_DATABASE_URL: server.url() };
    const suite = spawn(process.execPath, [...JEST, ...args], { env, stdio: 'inherit' });
    // Ctrl-C reaches the suite by itself; we stay to stop the server after it.
    const pass = (signal: NodeJS.Signals) => suite.kill(signal);
    for (const signal of SIGNALS) process.on(signal, pass);
    const [code] = (await once(suite, 'exit')) as [number | null];
    for (const signal of SIGNALS) process.off(signal, pass);
    return code === 0;
  } finally {
    await server.remove();
  }
}

const args = argumentsOfJest(process.argv.slice(2));
let haveAllPassed = true;
for (const home of installations()) haveAllPassed = (await runOn(home, args)) && haveAllPassed;
process.exitCode = haveAllPassed ? 0 : 1;
