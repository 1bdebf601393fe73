import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MariaDb } from '../support/mariadb.js';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** Runs the whole suite on a MariaDB of its own, which ends with it; what follows the command goes to Jest. */
async function run(): Promise<void> {
  const server = await MariaDb.prepare();
  try {
    await server.start();
    const env = { ...process.env, TEST_DATABASE_URL: server.url() };
    const suite = spawn(process.execPath, [...JEST, ...process.argv.slice(2)], { env, stdio: 'inherit' });
    // Ctrl-C reaches the suite by itself; we stay to stop the server after it.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => suite.kill(signal));
    const [code] = (await once(suite, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await server.remove();
  }
}

await run();
