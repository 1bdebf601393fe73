import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { TEST_PROVIDER } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { SELF_SIGNED } from './support/self-signed.js';

const SECRET = 'provider-client-secret';
const MAY_FAIL = [
  ...['REACHABLE', 'TLS', 'DISCOVERY_DOCUMENT', 'ISSUER_MATCH', 'AUTHORIZATION_CODE_FLOW', 'SIGNING_KEYS', 'SCOPES'],
  'CLIENT_CREDENTIALS',
];

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy: string | null;
}

describe('Test OIDC Server, against a real provider behind', () => {
  let scenario: OidcScenario;
  const servers: Server[] = [];
  beforeAll(async () => (scenario = await OidcScenario.open()));
  afterAll(() => scenario.close());
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const listening = async (server: Server, scheme: string) => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
  };
  /** Hands everything on to the provider, which then seems to live at another address; `changed` may rewrite its answers. */
  const front = (ownAddress: () => string, changed = (body: string) => body): RequestListener => {
    return (request, response) => {
      void (async () => {
        const { method, url = '', headers } = request;
        const body = method === 'POST' ? await text(request) : undefined;
        const type = headers['content-type'];
        const answer = await fetch(scenario.provider.issuer + url, {
          method,
          body,
          headers: type === undefined ? {} : { 'content-type': type },
          redirect: 'manual',
        });
        const location = answer.headers.get('location');
        const own = (await answer.text()).replaceAll(scenario.provider.issuer, ownAddress());
        const sent = { 'content-type': 'application/json', ...(location !== null && { location }) };
        response.writeHead(answer.status, sent).end(changed(own));
      })();
    };
  };
  const inspected = async (oidc: object) => {
    const { data, text: answer } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: { oidc } });
    const { ok, checks } = data.testOidcProvider.report as { ok: boolean; checks: Check[] };
    const failed = checks.filter(({ status }) => status === 'FAILED');
    expect(failed.filter(({ name }) => !MAY_FAIL.includes(name))).toEqual([]);
    expect(failed.every(({ remedy }) => remedy !== null)).toBe(true);
    expect(ok).toBe(failed.length === 0);
    expect(answer).not.toMatch(/provider-client-secret|private-text/);
    return {
      ok,
      failed: failed.map(({ name }) => name),
      of: (name: string) => checks.find((one) => one.name === name)!,
    };
  };

  it('a certificate of its own: says so, with two ways out, which both work', async () => {
    let address = '';
    address = await listening(
      createTlsServer(
        SELF_SIGNED,
        front(() => address),
      ),
      'https',
    );
    const named = { endpoint: address, clientSecret: SECRET };
    const refused = await inspected(named);
    expect(refused.failed).toEqual(['TLS']);
    expect(refused.of('TLS').detail).toContain('self-signed');
    expect(refused.of('TLS').remedy).toMatch(/caCertificates.*verifyCertificate/);
    const trusted = await inspected({ ...named, caCertificates: SELF_SIGNED.cert });
    expect([trusted.ok, trusted.of('TLS').status]).toEqual([true, 'PASSED']);
    expect(trusted.of('CLIENT_CREDENTIALS').status).toBe('PASSED');
    const unverified = await inspected({ ...named, verifyCertificate: false });
    expect([unverified.ok, unverified.of('TLS').status]).toEqual([true, 'WARNING']);
  });

  it('nothing but silence, or a tongue too slow: ends in time all the same', async () => {
    const mute = await listening(
      createServer(() => undefined),
      'http',
    );
    const silent = await inspected({ endpoint: mute, clientSecret: SECRET });
    expect([silent.failed, silent.of('REACHABLE').detail]).toEqual([['REACHABLE'], 'No answer (timeout).']);
  });

  it('a gate that lets the discovery document through and nothing else', async () => {
    let address = '';
    const onward = front(() => address);
    address = await listening(
      createServer((request, response) => {
        if (request.url?.startsWith('/.well-known/')) onward(request, response);
      }),
      'http',
    );
    const slow = await inspected({ endpoint: address, clientSecret: SECRET });
    expect(slow.failed).toEqual(['SIGNING_KEYS']);
    expect(slow.of('CLIENT_CREDENTIALS')).toMatchObject({ status: 'SKIPPED', detail: 'No usable answer: timeout.' });
  });

  it('a rewriting that takes refresh tokens away: says what that costs', async () => {
    let address = '';
    const without = (body: string) => body.replace(',"refresh_token"', '').replace('"refresh_token",', '');
    address = await listening(createServer(front(() => address, without)), 'http');
    const { ok, of } = await inspected({ endpoint: address, clientSecret: SECRET });
    expect([ok, of('REFRESH_TOKENS').status]).toEqual([true, 'SKIPPED']);
    expect(of('REFRESH_TOKENS').detail).toContain('CLI secrets end with the ID token');
  });

  it('a rewriting of its name, or pages where answers belong, which are not quoted', async () => {
    let address = '';
    address = await listening(createServer(front(() => `${address}/`)), 'http');
    expect((await inspected({ endpoint: address, clientSecret: SECRET })).failed).toEqual(['ISSUER_MATCH']);
    const page = await listening(
      createServer((_request, response) => void response.end('<p>private-text</p>')),
      'http',
    );
    expect((await inspected({ endpoint: page, clientSecret: SECRET })).failed).toEqual(['DISCOVERY_DOCUMENT']);
  });
});
