import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { releaseOf } from '../src/common/runtime/release.js';
import { CREATE_TOKEN, ME } from './support/documents.js';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';

type Line = Record<string, unknown>;

/** The fields that docs/logs.md has a row for. */
const DOCUMENTED = [...readFileSync('docs/logs.md', 'utf8').matchAll(/^\| `(\w+)` +\|/gm)].map(([, field]) => field);
const VERSION = releaseOf(import.meta.dirname);
const WRONG = 'A-wrong-password-1';
const CODE = 'an-authorization-code';

/** Every line that a server has written, to whichever stream; fails if one is no JSON object with what all lines have. */
function linesOf({ output }: ServerProcess): Line[] {
  const lines = output.trimEnd().split('\n');
  return lines.map((line) => {
    const fields = JSON.parse(line) as Line;
    expect(fields).toMatchObject({
      level: expect.any(Number),
      time: expect.any(Number),
      pid: expect.any(Number),
      hostname: expect.any(String),
      msg: expect.stringMatching(/./),
    });
    return fields;
  });
}

describe('The log of a server', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const askForToken = ({ url }: ServerProcess, requestId: string, password = WRONG) =>
    fetch(`${url}/service/token?service=registry`, {
      headers: {
        authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
        'x-request-id': requestId,
      },
    });

  it.each([1, 2])('is JSON of one shape from start to stop, with %s workers', async (workers) => {
    const variables = { LOG_LEVEL: 'debug', AUDIT_LOG: 'stdout', TRUST_PROXY: 'loopback', WORKERS: String(workers) };
    const server = await (await folder.start(variables)).ready();
    await server.says('Mooring listens');
    const password = await folder.adminPassword();
    await server.ask(password, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    const answer = await askForToken(server, 'of-the-proxy/1');
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([401, 'of-the-proxy/1']);
    await fetch(`${server.url}/c/oidc/callback?code=${CODE}&state=x`);
    await fetch(`${server.url}/%zz`);
    await server.end('SIGTERM');
    await server.endOfOutput();

    const lines = linesOf(server);
    expect(
      [...new Set(lines.flatMap((line) => Object.keys(line)))].filter((field) => !DOCUMENTED.includes(field)),
    ).toEqual([]);
    const one = (fields: Line) => {
      const found = lines.filter((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
      expect({ fields, times: found.length }).toEqual({ fields, times: 1 });
      return found[0]!;
    };
    expect(one({ msg: `Mooring ${VERSION} starts.` })).toMatchObject({ version: VERSION, workers });
    expect(one({ context: 'Migrations' }).migrations).toContain('FirstTables1790000000000');
    expect(one({ signal: 'SIGTERM', exitCode: 0 })).toMatchObject({ milliseconds: expect.any(Number), level: 30 });
    expect(lines.at(-1)).toMatchObject({ exitCode: 0, msg: 'Mooring has stopped.' });
    const events = lines.filter(({ context }) => context === 'AuditEvents').map(({ audit }) => audit as Line);
    expect(events.find(({ action }) => action === 'service_token.create')).toMatchObject({
      ...{ actorKind: 'USER', outcome: 'SUCCEEDED', count: 1, targetLabel: 'registry' },
    });
    expect(events.find(({ action }) => action === 'registry.login')).toMatchObject({
      ...{ outcome: 'REFUSED', count: 1, requestId: 'of-the-proxy/1' },
    });
    expect(one({ requestId: 'of-the-proxy/1', msg: 'request answered' })).toMatchObject({ status: 401 });
    for (const secret of [password, WRONG, CODE]) expect(server.output).not.toContain(secret);
  });

  it('takes no request id from a stranger, and none that is too long or could break a line', async () => {
    const server = await (await folder.start({ LOG_LEVEL: 'debug' })).ready();
    const answer = await askForToken(server, 'mine');
    expect(answer.headers.get('x-request-id')).toBeNull();
    await server.end('SIGTERM');
    expect(server.output).not.toContain('"mine"');

    const behind = await (await folder.start({ LOG_LEVEL: 'debug', TRUST_PROXY: '1' })).ready();
    for (const id of ['a b', 'x'.repeat(65), '"', 'ä'])
      expect((await askForToken(behind, id)).headers.get('x-request-id')).toBeNull();
    expect((await askForToken(behind, 'x'.repeat(64))).headers.get('x-request-id')).toBe('x'.repeat(64));
    await behind.end('SIGTERM');
    const ids = linesOf(behind).flatMap(({ path, requestId }) =>
      path === '/service/token' ? [String(requestId)] : [],
    );
    expect(ids).toEqual([...Array.from({ length: 4 }, () => expect.stringMatching(/^[0-9a-f-]{36}$/)), 'x'.repeat(64)]);
  });

  it('tells no event of the audit log unless it is asked to', async () => {
    const server = await (await folder.start()).ready();
    await askForToken(server, 'mine');
    expect((await server.ask(await folder.adminPassword(), ME)).data.me.username).toBe('admin');
    await server.end('SIGTERM');
    expect(linesOf(server).filter(({ context }) => context === 'AuditEvents')).toEqual([]);
  });
});
