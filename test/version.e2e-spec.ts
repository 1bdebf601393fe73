import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';

const METRICS_TOKEN = 'a-token-of-the-operator-for-metrics';
const PORTAL = 'portal/dist';
const ENTRANCES = [
  ...['/', '/login', '/health', '/health/live', '/health/ready', '/metrics', '/service/token', '/graphql'],
  ...['/c/oidc/login', '/c/oidc/callback', '/oidc/client-jwks.json', '/no-such-path'],
];
/** What strangers may ask, and what validation and refusals answer. */
const DOCUMENTS = [
  '{ loginOptions { authMode } }',
  '{ version }',
  '{ configuration { revision } }',
  '{ __schema { description types { name description } } }',
  'nothing',
];

describe('The version', () => {
  let version: string;
  let folder: ServerFolder;
  beforeEach(async () => {
    version = (JSON.parse(await readFile('package.json', 'utf8')) as { version: string }).version;
    folder = await ServerFolder.create();
  });
  afterEach(() => folder.remove());

  it.each(['dist/src/main.js', 'dist/src/mooring.js'])('is all that %s --version prints', async (script) => {
    const run = promisify(execFile)(process.execPath, [script, '--version'], { env: { DATA_DIR: folder.path } });
    expect(await run).toEqual({ stdout: `${version}\n`, stderr: '' });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is in the log at start, and in the metrics for those who may read them', async () => {
    const server = await (await folder.start({ METRICS_TOKEN })).ready();
    expect(server.output).toContain(`"msg":"Mooring ${version} starts."`);
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const metrics = await (await fetch(`${server.url}/metrics`, { headers })).text();
    expect(metrics).toMatch(new RegExp(`^mooring_build_info\\{version="${version}",node="[^"]+"\\} 1$`, 'm'));
    await server.end('SIGTERM');
  });

  it('is told to no stranger: in no header, body, GraphQL answer or file of the portal', async () => {
    const server = await (await folder.start({ METRICS_TOKEN })).ready();
    for (const path of ENTRANCES) expect(await answerOf(server, path)).not.toContain(version);
    for (const query of DOCUMENTS) {
      const init = { method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json' } };
      expect(await answerOf(server, '/graphql', init)).not.toContain(version);
    }
    for (const file of filesOfPortal()) expect(readFileSync(file, 'utf8')).not.toContain(`"${version}"`);
    await server.end('SIGTERM');
  });

  async function answerOf(server: ServerProcess, path: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(`${server.url}${path}`, { ...init, redirect: 'manual' });
    return [...answer.headers.values(), await answer.text()].join('\n');
  }
});

/** The files that the portal is, where it has been built. */
function filesOfPortal(): string[] {
  if (!existsSync(PORTAL)) return [];
  const entries = readdirSync(PORTAL, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(br|gz|woff2)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
