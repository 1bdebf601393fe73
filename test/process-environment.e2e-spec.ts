import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ME } from './support/documents.js';
import { ServerFolder } from './support/server-folder.js';

const SERVER = [process.execPath, resolve('dist/src/main.js')];

describe('The environment of the server', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  it('ends with npm when only npm gets the signal', async () => {
    const server = await (await folder.run(['npm', 'start'])).ready();
    await server.end('SIGTERM');
    await server.endOfOutput();
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
  });

  it('takes variables from .env, and those of the process before them', async () => {
    await writeFile(join(folder.path, '.env'), 'REGISTRY_SERVICE=größe\nPORT=1\n');
    const refused = await folder.run(SERVER, {}, folder.path);
    expect(await refused.exit()).toBe(1);
    expect(refused.output).toMatch(/REGISTRY_SERVICE must be/);
    const server = await (await folder.run(SERVER, { REGISTRY_SERVICE: 'given' }, folder.path)).ready();
    await server.end('SIGTERM');
  });

  it('admits a browser at its port where no public URL is given, and warns about variables that have no effect', async () => {
    const server = await (await folder.run(SERVER, { PROT: '1', PUBLC_URL: 'x', NODE_ENV: 'prod' })).ready();
    const body = JSON.stringify({ query: ME });
    const ask = (origin: string) =>
      fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body });
    expect((await ask(server.url)).status).toBe(200);
    for (let times = 0; times < 2; times++) {
      const refusal = await ask(server.url.replace('localhost', '127.0.0.1'));
      expect(refusal.status).toBe(403);
      expect(await refusal.text()).toContain(server.url);
    }
    await server.end('SIGTERM');
    for (const name of ['PROT ', 'PUBLC_URL ', 'NODE_ENV ']) expect(server.output).toContain(name);
    expect(server.output.split('open the portal at')).toHaveLength(2);
  });

  it('warns, once it serves, where clients of the registry would refuse to come here for a token', async () => {
    const REGISTRY_PUBLIC_URL = 'http://localhost:5000,https://registry.example.com';
    const server = await (await folder.start({ REGISTRY_PUBLIC_URL })).ready();
    await server.says('Set PUBLIC_URL to an https URL');
    await server.end('SIGTERM');
    expect(server.output).toContain(
      `refuse ${server.url} as the realm of the registry at https://registry.example.com`,
    );
    expect(server.output).not.toContain('registry at http://localhost:5000');
  });

  it('reads a password from a file, and says later that it has no effect', async () => {
    const file = join(folder.path, 'given-password');
    await writeFile(file, 'A-Strong-Password-1\n');
    const server = await (await folder.start({ ADMIN_PASSWORD_FILE: file })).ready();
    expect((await server.ask('A-Strong-Password-1', ME)).data.me.username).toBe('admin');
    await server.end('SIGTERM');
    expect(server.output).not.toContain('reset-password');
    const again = await (await folder.start({ ADMIN_PASSWORD_FILE: file })).ready();
    await again.end('SIGTERM');
    expect(again.output).toContain('mooring admin reset-password');
  });
});
