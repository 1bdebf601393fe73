import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { Misbehaviour, signWithSecret, SigningPair } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const FAULTS = `query Faults { auditEvents(filter: { action: "login" }, first: 1) { edges { node { reason detail } } } }`;

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
  ])(
    'for %s is named on the page and in the audit log, without its values',
    async (what, misbehaviour, text, detail) => {
      await scenario.issuer(what.toLowerCase().replaceAll(' ', '-'), misbehaviour);
      const page = await scenario.login(new Browser());
      expect([page.status, page.text.replaceAll('&#39;', "'")]).toEqual([502, expect.stringContaining(text)]);
      const answer = await scenario.app.ask(scenario.app.admin, FAULTS);
      expect(answer.data.auditEvents.edges[0].node).toEqual({ reason: 'PROVIDER_ERROR', detail });
      expect(page.text + answer.text).not.toContain('private');
    },
  );
});
