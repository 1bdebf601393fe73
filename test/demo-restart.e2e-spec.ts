import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { sqliteDriver } from '../src/database/sqlite-driver.js';
import { CHANGE_PASSWORD, CONFIGURATION, UPDATE_CONFIGURATION } from './support/documents.js';
import { DemoClone, DemoProcess } from './support/demo-process.js';

const NEW_PASSWORD = 'Another-password-1';
const basicOf = (password: string) => ({ basic: Buffer.from(`admin:${password}`).toString('base64') });

describe('The demo at its next start', () => {
  let clone: DemoClone;
  beforeEach(async () => (clone = await DemoClone.create()));
  afterEach(() => clone.remove());

  /** Lets the provider's tokens of everybody expire, so that the next verification needs a refresh. */
  const expireTokens = () => {
    const database = new (sqliteDriver())(clone.data('mooring.db'));
    database.exec("UPDATE provider_grants SET expires_at = '2020-01-01 00:00:00.000'");
    database.close();
  };

  const changePassword = async (demo: DemoProcess) => {
    const input = { currentPassword: demo.adminPassword, newPassword: NEW_PASSWORD };
    expect((await demo.ask(basicOf(demo.adminPassword), CHANGE_PASSWORD, { input })).errors).toEqual([]);
  };

  it('still vouches for everybody: a CLI secret is valid, also after a refresh', async () => {
    const first = await clone.startOnFreePorts();
    const secret = await first.onboard('lin');
    await first.end('SIGTERM');
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      expireTokens();
      const next = await clone.start().ready();
      expect(await next.verify('lin', secret)).toBe('VALID');
      await next.end(signal);
    }
  });

  it('does without the password of an administrator who has changed it, and says how to get another', async () => {
    const first = await clone.startOnFreePorts();
    const secret = await first.onboard('lin');
    await changePassword(first);
    await first.end('SIGTERM');
    const second = await clone.start().ready();
    expect(second.output).not.toContain(first.adminPassword);
    expect(second.output).toContain('npx mooring admin reset-password');
    expect(await second.verify('lin', secret)).toBe('VALID');
    expect(await second.end('SIGINT')).toBe(0);
  });

  it('says what it can not do where its service tokens are gone too, and goes on', async () => {
    const first = await clone.startOnFreePorts();
    await changePassword(first);
    await first.end('SIGTERM');
    const { ports } = JSON.parse(await readFile(clone.data('demo.json'), 'utf8'));
    await writeFile(clone.data('demo.json'), JSON.stringify({ ports }));
    const second = await clone.start().ready();
    expect(second.output).toContain("The demo can't log in as administrator, so it has configured nothing");
    expect(second.output).toContain('The demo has no service token');
    expect(second.output).not.toContain('curl ');
    expect(await second.end('SIGINT')).toBe(0);
  });

  it('leaves settings as they were left, and another provider', async () => {
    const first = await clone.startOnFreePorts();
    const admin = basicOf(first.adminPassword);
    const { revision } = (await first.ask(admin, CONFIGURATION)).data.configuration;
    const oidc = { name: 'Another', endpoint: 'http://127.0.0.1:1', clientSecret: 'another-secret' };
    await first.ask(admin, UPDATE_CONFIGURATION, { input: { revision, patch: { oidc } } });
    await first.end('SIGTERM');
    const second = await clone.start().ready();
    expect(second.output).toContain('Mooring is configured for http://127.0.0.1:1');
    const { name, endpoint } = (await second.ask(admin, CONFIGURATION)).data.configuration.oidc;
    expect({ name, endpoint }).toEqual({ name: 'Another', endpoint: 'http://127.0.0.1:1' });
  });

  it('says what follows where the port of the provider is taken, and that port brings everything back', async () => {
    const first = await clone.startOnFreePorts();
    const secret = await first.onboard('lin');
    await first.end('SIGTERM');
    const { port } = new URL(first.issuer);
    const other = createServer().listen(Number(port), '127.0.0.1');
    await once(other, 'listening');
    const moved = await clone.start().ready();
    expect(moved.output).toContain(`The provider had port ${port} before`);
    expect(moved.issuer).not.toBe(first.issuer);
    expect(await moved.verify('lin', secret)).toBe('PROVIDER_CHANGED');
    await moved.onboard('sam');
    await moved.end('SIGTERM');
    other.close();
    await once(other, 'close');
    const back = await clone.start('--provider-port', port).ready();
    expect(await back.verify('lin', secret)).toBe('VALID');
  });

  it('begins anew with --fresh, which deletes only what the demo has made', async () => {
    const first = await clone.startOnFreePorts();
    await first.end('SIGTERM');
    await writeFile(clone.data('notes.txt'), 'mine');
    await mkdir(clone.in('elsewhere'));
    await writeFile(clone.in('elsewhere', 'images'), 'mine');
    await symlink(clone.in('elsewhere'), clone.data('registry'));
    const second = await clone.startOnFreePorts('--fresh');
    expect(second.output).toContain('The demo did not make these files, so they stay: notes.txt');
    expect(second.adminPassword).not.toBe(first.adminPassword);
    for (const file of [clone.data('notes.txt'), clone.in('elsewhere', 'images')])
      expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it.each([['data'], ['data', 'demo']])(
    'refuses a link in place of its folder (%s %s), and deletes nothing',
    async (...parts) => {
      await mkdir(clone.in('elsewhere', 'demo'), { recursive: true });
      await mkdir(clone.in(...parts.slice(0, -1)), { recursive: true });
      for (const folder of ['elsewhere', 'elsewhere/demo']) await writeFile(clone.in(folder, 'mooring.db'), 'mine');
      await symlink(clone.in('elsewhere'), clone.in(...parts));
      const demo = clone.start('--fresh');
      expect(await demo.end()).toBe(1);
      expect(demo.output).toContain(`${parts.join('/')} is a link`);
      for (const folder of ['elsewhere', 'elsewhere/demo'])
        expect(await readFile(clone.in(folder, 'mooring.db'), 'utf8')).toBe('mine');
    },
  );
});
