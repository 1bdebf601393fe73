import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { Misbehaviour, signWithSecret, SigningPair } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

/** Deeper than a recursive copy goes. */
const NESTED = '['.repeat(5_000) + ']'.repeat(5_000);

const DETAILS = `query Details($action: String!) {
  auditEvents(filter: { action: $action }, first: 1) { edges { node { outcome reason detail } } }
}`;
const FAULTS = `query Faults { auditEvents(filter: { action: "login" }, first: 100) { edges { node { reason detail } } } }`;

describe('An answer that can not be used', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  it.each<[string, Misbehaviour, string, string]>([
    [
      'a number as subject',
      { claims: (honest) => ({ ...honest, sub: 10023 }) },
      '`sub` is a number, not a text',
      'ID token: sub is a number, not a text',
    ],
    [
      'another nonce',
      { claims: (honest) => ({ ...honest, nonce: 'private' }) },
      '`nonce` is not the one of this login',
      'ID token: nonce is not the one of this login',
    ],
    [
      'no ID token',
      { tokens: (honest) => ({ ...honest, id_token: null }) },
      '`id_token` is missing',
      'token answer: id_token is missing',
    ],
    [
      'an access token that is an object',
      { tokens: (honest) => ({ ...honest, access_token: { value: 'private' } }) },
      '`access_token` is an object, not a text',
      'token answer: access_token is an object, not a text',
    ],
    [
      'an ID token by HS256',
      { sign: (claims, { kid }: SigningPair) => signWithSecret(claims, 'private'.repeat(8), { kid }) },
      'by HS256, which',
      'ID token: alg is HS256',
    ],
    [
      'a past expiry',
      { claims: (honest) => ({ ...honest, exp: 1 }) },
      'is not valid at this time (`exp`)',
      'ID token: exp is not valid at this time',
    ],
    [
      'an issuer that is not a URL',
      { document: (honest) => ({ ...honest, issuer: 'a\u0000b' }) },
      'publishes the issuer',
      'discovery document: issuer is not the configured one',
    ],
    [
      'a number as issuer',
      { document: (honest) => ({ ...honest, issuer: 7 }) },
      'publishes no issuer',
      'discovery document: issuer is not the configured one',
    ],
    [
      'a number as token endpoint',
      { document: (honest) => ({ ...honest, token_endpoint: 7 }) },
      'publishes a token_endpoint that is not a URL',
      'discovery document: it publishes a token_endpoint that is not a URL',
    ],
    [
      'no issuer in the callback',
      { document: (honest) => ({ ...honest, authorization_response_iss_parameter_supported: true }) },
      '`iss` is missing',
      'authorization answer: iss is missing',
    ],
    [
      'another issuer in the callback',
      { callback: (parameters) => parameters.set('iss', 'https://private.example.com') },
      '`iss` is not the configured issuer',
      'authorization answer: iss is not the configured issuer',
    ],
    [
      'a short key',
      { keys: ([key]) => ({ keys: [{ ...key, n: 'private' }] }) },
      'a key in it is not valid',
      'key set: a key in it is not valid',
    ],
    [
      'a key without a modulus',
      { keys: ([key]) => ({ keys: [{ ...key, n: { private: 1 } }] }) },
      'a key in it is not valid',
      'key set: a key in it is not valid',
    ],
    [
      'a key that is null',
      { keys: () => ({ keys: [null] }) },
      'a key in it is not valid',
      'key set: a key in it is not valid',
    ],
  ])(
    'for %s is named on the page and in the audit log, without its values',
    async (what, misbehaviour, text, detail) => {
      await scenario.issuer(what.toLowerCase().replaceAll(' ', '-'), misbehaviour);
      const page = await scenario.login(new Browser());
      expect([page.status, page.text.replaceAll('&#39;', "'")]).toEqual([502, expect.stringContaining(text)]);
      const answer = await scenario.app.ask(scenario.app.admin, FAULTS);
      const events = answer.data.auditEvents.edges.map(({ node }: { node: object }) => node);
      expect(events).toContainEqual({ reason: 'PROVIDER_ERROR', detail });
      expect(page.text + answer.text).not.toContain('private');
    },
  );

  it.each<[string, Misbehaviour]>([
    [
      'in the discovery document',
      { document: (honest) => `${JSON.stringify(honest).slice(0, -1)},"mtls_endpoint_aliases":${NESTED}}` },
    ],
    ['in a key', { keys: ([key]) => `{"keys":[${JSON.stringify(key).slice(0, -1)},"x5c":${NESTED}}]}` }],
    [
      'in a flag of the discovery document',
      { document: (honest) => ({ ...honest, authorization_response_iss_parameter_supported: ['no'] }) },
    ],
  ])('that is bent %s, where nothing is read, is used', async (where, misbehaviour) => {
    await scenario.loggedIn(await scenario.issuer(where.replaceAll(' ', '-'), misbehaviour));
  });
});

describe('An answer of which something can not be used', () => {
  let scenario: HostileScenario;
  beforeEach(async () => (scenario = await HostileScenario.open()));
  afterEach(() => scenario.close());

  const latest = async (action: string) => {
    const answer = await scenario.app.ask(scenario.app.admin, DETAILS, { action });
    return answer.data.auditEvents.edges[0].node as unknown;
  };

  it('of userinfo or of the groups claim, at a login that goes on, is in its audit event', async () => {
    const misbehaviour: Misbehaviour = {
      claims: (honest) => ({ ...honest, groups: 17 }),
      answer: (endpoint, _request, response) => endpoint === 'userinfo' && Boolean(response.writeHead(500).end()),
    };
    await scenario.loggedIn(await scenario.issuer('in-part', misbehaviour));
    const detail = expect.stringMatching(/^userinfo: HTTP 500; .*\bgroups\b/);
    expect(await latest('login')).toEqual({ outcome: 'SUCCEEDED', reason: null, detail });
    await scenario.loggedIn(await scenario.issuer('well'));
    expect(await latest('login')).toEqual({ outcome: 'SUCCEEDED', reason: null, detail: null });
  });

  it('at a refresh is in its audit event', async () => {
    let fault: 'sub' | 'status' = 'sub';
    const issuer = await scenario.issuer('refreshed', {
      claims: (honest) => (honest.nonce === undefined ? { ...honest, sub: 17 } : honest),
      answer: (endpoint, _request, response) =>
        endpoint === 'token' && fault === 'status' && Boolean(response.writeHead(400).end()),
    });
    const secret = await scenario.secretOf(await scenario.loggedIn(issuer));
    scenario.app.clock.advance(301);
    await scenario.verify(issuer.username, secret);
    expect(await latest('grant.refresh')).toEqual({
      ...{ outcome: 'FAILED', reason: 'PROVIDER_UNAVAILABLE' },
      detail: 'ID token: sub is a number, not a text',
    });
    fault = 'status';
    scenario.app.clock.advance(61);
    await scenario.verify(issuer.username, secret);
    const unclear = { outcome: 'FAILED', reason: 'REFRESH_UNCLEAR', detail: 'HTTP 400' };
    expect(await latest('grant.refresh')).toEqual(unclear);
  });
});
