import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mooring as runIn } from './support/mooring-command.js';
import { ServerProcess } from './support/server-process.js';

const run = promisify(execFile);
const PASSWORD = 'First-password-1';

describe('The mooring command', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-command-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const variables = () => ({
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'mooring.db')}`,
    ADMIN_PASSWORD: PASSWORD,
  });
  const mooring = (...args: string[]) =>
    run(process.execPath, ['dist/src/mooring.js', ...args], { env: { PATH: process.env.PATH, ...variables() } });

  it('tells what it can do', async () => {
    expect((await mooring('--help')).stdout).toMatch(/start .*keys /s);
    expect((await mooring('keys', 'rotate', '--help')).stdout).toContain('--json');
  });

  it('ends with 64 and a sentence where it is asked for what it does not know, or what is out of range', async () => {
    await expect(mooring('nonsense')).rejects.toMatchObject({ code: 64, stderr: expect.stringContaining('nonsense') });
    await expect(mooring('keys', 'rotate', '--after', 'x')).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--after'),
    });
  });

  it('takes variables from .env in its folder, as the server does', async () => {
    await (await (await ServerProcess.start(variables(), ['start'])).ready()).end('SIGTERM');
    const lines = Object.entries(variables()).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(folder, '.env'), lines.join(''));
    const { code, err } = await runIn(['keys', 'rotate'], { cwd: folder });
    expect([code, err]).toEqual([0, expect.stringContaining(join(folder, 'mooring.db'))]);
  });

  it('rotates the keys beside a server, which publishes both and keeps its certificate', async () => {
    const server = await (await ServerProcess.start(variables(), ['start'])).ready();
    const read = async (path: string) => (await fetch(`${server.url}${path}`)).text();
    const kids = async () =>
      JSON.parse(await read('/.well-known/jwks.json')).keys.map(({ kid }: { kid: string }) => kid);
    const [certificate, [first]] = [await read('/service/certificate'), await kids()];
    const rotated = JSON.parse((await mooring('keys', 'rotate', '--json')).stdout);
    expect(rotated.published).toEqual([rotated.kid, first]);
    expect(await kids()).toEqual([rotated.kid, first]);
    expect(await read('/service/certificate')).toBe(certificate);
    const { data } = await server.ask(
      PASSWORD,
      '{ auditEvents { edges { node { action actor { kind } target { label } } } } }',
    );
    expect(data.auditEvents.edges[0].node).toEqual({
      action: 'signing_key.rotate',
      actor: { kind: 'SYSTEM' },
      target: { label: rotated.kid },
    });
    await server.end('SIGTERM');
  });

  it('announces the next certificate of a service beside a server, and lets it count', async () => {
    const REGISTRY_SERVICES = 'registry,zot;key=certificate';
    const given = { ...variables(), REGISTRY_SERVICES };
    const server = await (await ServerProcess.start(given, ['start'])).ready();
    const rotate = async (...args: string[]) => (await runIn(['keys', 'rotate', ...args], { variables: given })).out;
    const read = (path: string) => fetch(`${server.url}/service/certificate${path}`);
    const [shared, first] = [await (await read('')).text(), await (await read('/zot')).text()];
    const rotated = JSON.parse(await rotate('--service', 'zot', '--json'));
    expect(rotated).toEqual({
      ...{ service: 'zot', kid: expect.stringMatching(/^[\w-]{43}$/), signsFrom: expect.any(String) },
      certificate: expect.stringMatching(/\/service\/certificate\/zot$/),
    });
    const next = await (await read('/zot?next')).text();
    expect(await (await read('/zot')).text()).toBe(first + next);
    expect(await rotate('--service', 'zot', '--after', '60')).toMatch(
      /^The next certificate of zot counts from .*zot\?next/,
    );
    expect(await (await read('/zot?next')).text()).toBe(next);
    expect(await rotate('--service', 'zot', '--after', '0')).toMatch(/^The new certificate of zot counts now\./);
    expect(await (await read('/zot')).text()).toBe(next + first);
    expect([(await read('/zot?next')).status, await (await read('')).text()]).toEqual([404, shared]);
    const { data } = await server.ask(
      PASSWORD,
      '{ auditEvents(filter: { action: "service_key.rotate" }) { edges { node { target { type label } } } } }',
    );
    const written = Array.from({ length: 3 }, () => ({ node: { target: { type: 'service_key', label: 'zot' } } }));
    expect(data.auditEvents.edges).toEqual(written);
    await server.end('SIGTERM');
  });
});
