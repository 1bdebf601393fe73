import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser } from './support/browser.js';
import { ME } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';

const NEXT = 'Second-password-2';
const LOGIN = 'mutation($input: LoginInput!) { login(input: $input) { user { username } } }';
const EVENTS = '{ auditEvents { edges { node { action outcome actor { kind } target { type label } } } } }';

describe('mooring admin reset-password', () => {
  let folder: ServerFolder;
  let server: ServerProcess;
  beforeEach(async () => {
    folder = await ServerFolder.create();
    server = await (await folder.start()).ready();
  });
  afterEach(() => folder.remove());

  const reset = async (args: readonly string[] = [], input = '') => {
    const variables = { DATA_DIR: folder.path, ...(await databaseVariables(folder.path)) };
    return mooring(['admin', 'reset-password', ...args], { variables, input });
  };
  const isLoggedIn = async (password: string) => (await server.ask(password, ME)).data?.me?.username === 'admin';

  it('prints a new password once, beside a running server, and ends the old one and its sessions', async () => {
    const first = await folder.adminPassword();
    const browser = new Browser();
    const inBrowser = async (query: string, variables = {}) => {
      const body = JSON.stringify({ query, variables });
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const { text } = await browser.fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
      return JSON.parse(text) as { data?: { me?: { username: string } | null } };
    };
    await inBrowser(LOGIN, { input: { username: 'admin', password: first } });
    expect((await inBrowser(ME)).data?.me?.username).toBe('admin');

    const { code, out, err } = await reset();
    const made = out.trim();
    expect({ code, made }).toEqual({ code: 0, made: expect.stringMatching(/^[A-Za-z0-9]{27}$/) });
    expect(err).toContain(`The password in ${join(folder.path, 'admin-password')} no longer counts`);
    expect(err).not.toContain(made);
    expect([await isLoggedIn(first), await isLoggedIn(made)]).toEqual([false, true]);
    expect((await inBrowser(ME)).data?.me ?? null).toBeNull();
    const { data } = await server.ask(made, EVENTS);
    expect(data.auditEvents.edges.map(({ node }: { node: { action: string } }) => node)).toContainEqual({
      action: 'admin.reset_password',
      outcome: 'SUCCEEDED',
      actor: { kind: 'SYSTEM' },
      target: { type: 'user', label: 'admin' },
    });
  });

  it('takes a password from a file or from standard input, and prints it nowhere', async () => {
    const file = join(folder.path, 'next');
    await writeFile(file, `${NEXT}\n`);
    for (const [args, input, password] of [
      [['--password-file', file], '', NEXT],
      [['--password-stdin'], 'Third-password-3\n', 'Third-password-3'],
    ] as const) {
      const { code, out, err } = await reset(args, input);
      expect({ code, out }).toEqual({ code: 0, out: '' });
      expect(err).not.toContain(password);
      expect(await isLoggedIn(password)).toBe(true);
    }
  });

  it('refuses a weak password and changes nothing', async () => {
    const first = await folder.adminPassword();
    for (const weak of ['weak', '']) {
      const { code, out, err } = await reset(['--password-stdin'], weak);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain('password: is too weak.');
    }
    expect(await isLoggedIn(first)).toBe(true);
  });
});
