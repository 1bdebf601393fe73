import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIT, TEST_PROVIDER } from './support/documents.js';
import { ForwardProxy } from './support/forward-proxy.js';
import { mooring } from './support/mooring-command.js';
import { ServerFolder } from './support/server-folder.js';

const USER = 'proxyuser';
const PASSWORD = 'hush-hush';
/** What no output holds: the credentials as they are, and as they are sent. */
const SECRETS = [USER, PASSWORD, Buffer.from(`${USER}:${PASSWORD}`).toString('base64')];
const WAY_OUT =
  'must be the http:// or https:// URL of a proxy, such as http://proxy.example.com:3128, without a path; a user and a password in it are percent-encoded. NO_PROXY=* sends all requests without a proxy.';

describe('A server with an egress proxy in its environment', () => {
  let folder: ServerFolder;
  let proxy: ForwardProxy;
  beforeEach(async () => {
    folder = await ServerFolder.create();
    proxy = await ForwardProxy.start();
  });
  afterEach(async () => {
    await folder.remove();
    await proxy.stop();
  });

  const withCredentials = () => proxy.url.replace('//', `//${USER}:${PASSWORD}@`);
  const expectNoSecret = (text: string) => {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  };
  const files = async () => (await readdir(folder.path, { recursive: true })).sort();

  it.each([
    ['HTTPS_PROXY', `socks5://${USER}:${PASSWORD}@proxy:1080`],
    ['https_proxy', `http://${USER}:${PASSWORD}@proxy:3128/path`],
    ['HTTP_PROXY', `http://${USER}:${PASSWORD}%zz@proxy:3128`],
    ['http_proxy', `${USER}:${PASSWORD}@proxy`],
  ])('is refused in a sentence where %s is %s, before anything is made', async (name, value) => {
    const refused = await folder.start({ [name]: value });
    expect(await refused.exit()).toBe(1);
    await refused.endOfOutput();
    expect(refused.output).toBe(`The environment is not valid:\n  - ${name} ${WAY_OUT}\n`);
    expect(await files()).toEqual([]);
  });

  it('and so is a command', async () => {
    await mkdir(join(folder.path, 'empty'));
    const variables = { HTTPS_PROXY: `socks5://${USER}:${PASSWORD}@proxy` };
    const { code, out, err } = await mooring(['users', 'list'], { cwd: join(folder.path, 'empty'), variables });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`HTTPS_PROXY ${WAY_OUT}`);
    expectNoSecret(err);
    expect(await files()).toEqual(['empty']);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'one proxy, by an address with a port',
      { HTTPS_PROXY: 'proxy:3128' },
      'go through the proxy http://proxy:3128 (HTTPS_PROXY).',
    ],
    [
      'two, and exceptions',
      { https_proxy: 'https://one', HTTP_PROXY: 'http://two:3128', NO_PROXY: 'corp.example' },
      'go through the proxy https://one (https_proxy) or the proxy http://two:3128 (HTTP_PROXY), except to the hosts in NO_PROXY.',
    ],
  ])('says so when it starts: %s', async (_what, variables, words) => {
    const server = await (await folder.start(variables)).ready();
    await server.end('SIGTERM');
    expect(server.output).toContain(`Requests to the OpenID provider ${words}`);
  });

  it.each<[string, Record<string, string>]>([
    ['none is given', { HTTPS_PROXY: '', ALL_PROXY: 'http://proxy:3128' }],
    ['NO_PROXY excepts every host', { HTTPS_PROXY: 'socks5://proxy', NO_PROXY: '*' }],
  ])('says nothing of it where %s', async (_what, variables) => {
    const server = await (await folder.start(variables)).ready();
    await server.end('SIGTERM');
    expect(server.output).not.toMatch(/prox/i);
  });

  it('shows its credentials nowhere, whether the proxy takes them or not', async () => {
    const server = await (await folder.start({ HTTPS_PROXY: withCredentials(), LOG_LEVEL: 'trace' })).ready();
    const password = await folder.adminPassword();
    const oidc = { endpoint: 'https://idp.corp.example', clientId: 'mooring', clientSecret: 'a-client-secret' };
    const tested = async () => {
      const { data } = await server.ask(password, TEST_PROVIDER, { input: { oidc } });
      const [{ detail, remedy }] = data.testOidcProvider.report.checks;
      return `${detail} ${remedy}`;
    };
    const [{ port }, proxied] = [new URL(proxy.url), `the proxy ${proxy.url} (HTTPS_PROXY)`];
    proxy.credentials = 'others:only';
    expect(await tested()).toBe(
      `No answer: ${proxied} wants other credentials (HTTP 407). Put the user and the password for the proxy into HTTPS_PROXY, percent-encoded.`,
    );
    proxy.credentials = `${USER}:${PASSWORD}`;
    proxy.behaviour = 403;
    expect(await tested()).toContain(`No answer: ${proxied} does not connect to the provider (HTTP 403).`);
    const audit = await server.ask(password, AUDIT, { first: 100 });
    await server.end('SIGTERM');
    expect(server.output).toContain(`through the proxy http://127.0.0.1:${port} (HTTPS_PROXY)`);
    expect(proxy.authorizations).toEqual(Array(2).fill(`Basic ${SECRETS[2]}`));
    expectNoSecret(server.output);
    expectNoSecret(JSON.stringify(audit));
  });
});
