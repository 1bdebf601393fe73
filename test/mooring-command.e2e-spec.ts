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
});
