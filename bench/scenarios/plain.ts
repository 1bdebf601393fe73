import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { driverPackageFor } from '../../src/database/sqlite-driver.js';
import { freePort } from '../../test/support/free-port.js';
import { alternate, Target } from '../load.js';
import { Rates } from '../report/row.js';
import type { Scene } from '../scene.js';
import { end, ready, startNode } from '../server.js';
import { Scenario } from './scenario.js';
import { verifications, verifying } from './targets.js';

const FOLDER = 'bench/plain';
const LEAST = 4;
const START_SECONDS = 60;
/** The same query with the types that the plain service has. */
const VERIFY =
  'query Verify($username: String!, $secret: String!) { verifyCliSecret(username: $username, secret: $secret) { valid status principal { username groups } } }';

const run = promisify(execFile);

/** Installs and builds the plain service, unless it has been. It has its own dependencies, which nothing else needs. */
async function build(): Promise<void> {
  const isInstalled = await stat(`${FOLDER}/node_modules/.package-lock.json`).catch(() => undefined);
  if (!isInstalled) await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER });
  await run('npm', ['run', '--silent', 'build'], { cwd: FOLDER });
}

async function besidePlain(scene: Scene, measure: (plain: Target) => Promise<Rates>): Promise<Rates> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const variables = { DIGEST_KEY: scene.digestKey, NODE_ENV: 'production' };
  const args = [`${FOLDER}/dist/main.js`, scene.store.address, String(port), driverPackageFor(process.versions.node)];
  const service = startNode(args, variables);
  try {
    // Apollo answers a GET only with a header that browsers do not send by themselves.
    const headers = { 'apollo-require-preflight': 'yes' };
    await ready(`${url}/graphql?query={__typename}`, service, START_SECONDS, headers);
    const requests = verifications(scene.serviceToken, scene.known, VERIFY);
    return await measure({ url, requests, pid: service.pid, expected: '"VALID"' });
  } finally {
    await end(service);
  }
}

/** A service that does the same, as most people would build it. */
export const PLAIN: Scenario = {
  name: 'plain',
  about: 'verifyCliSecret on SQLite, against Nest with Express, Apollo and TypeORM repositories on the same file',
  goal: `at least ${LEAST} times as fast`,
  measure: async (bench) => {
    bench.tell('building the plain service');
    await build();
    const scene = await bench.scene('SQLite');
    const row = besidePlain(scene, async (plain) => {
      const sides = await alternate(verifying(scene), plain, bench.rounds);
      return { kind: 'rates', name: 'plain', against: 'plain service', ...sides, goal: LEAST, hasCpuGoal: true };
    });
    return [await row];
  },
};
