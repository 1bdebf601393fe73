import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MariaDb } from '../support/mariadb.js';
import { JEST, ON_A_SERVER, specFiles } from './selection.js';

/** What Jest is told: the paths that follow the command or, where there are none, all specs that reach a database server. */
function argumentsOfJest(given: readonly string[]): string[] {
  if (given.some((argument) => !argument.startsWith('-'))) return [...given];
  const [all, selected] = [specFiles().length, specFiles(ON_A_SERVER).length];
  process.stdout.write(`On MariaDB: ${selected} spec files. ${all - selected} that reach no database are left out.\n`);
  return [...given, ...ON_A_SERVER];
}

/** Runs the suite on a MariaDB of its own, which ends with it; what follows the command goes to Jest. */
async function run(): Promise<void> {
  const args = argumentsOfJest(process.argv.slice(2));
  const server = await MariaDb.prepare();
  try {
    await server.start();
    const env = { ...process.env, TEST_DATABASE_URL: server.url() };
    const suite = spawn(process.execPath, [...JEST, ...args], { env, stdio: 'inherit' });
    // Ctrl-C reaches the suite by itself; we stay to stop the server after it.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => suite.kill(signal));
    const [code] = (await once(suite, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await server.remove();
  }
}

await run();
