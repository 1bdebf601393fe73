import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

/** A little longer than a token of the provider counts. */
const LIFE_SECONDS = 301;

describe('A login that brings no refresh token, while the stored one is refreshed', () => {
  let scenario: HostileScenario;
  let issuer: HostileIssuer;
  let secret: string;
  /** The next refresh waits here before it is answered, or before userinfo is. */
  let heldAt: 'token' | 'userinfo' | null;
  let held: () => void;
  let letGo: () => void;
  let isSubjectOther: boolean;

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    [heldAt, isSubjectOther] = [null, false];
    issuer = await scenario.issuer('rotating', {
      claims: (honest) => (isSubjectOther && honest.nonce === undefined ? { ...honest, sub: 'other' } : honest),
      sign: async (claims, pair) => {
        if (heldAt === 'token' && isAboutRefresh()) await gate();
        return pair.sign(claims);
      },
      tokens: (honest, form) => {
        if (form.get('grant_type') === 'refresh_token' || logins++ === 0) return honest;
        return { ...honest, refresh_token: undefined };
      },
      answer: (endpoint, _request, response) => {
        const isHeld = endpoint === 'userinfo' && heldAt === 'userinfo' && isAboutRefresh();
        if (isHeld) void gate().then(() => response.writeHead(503).end());
        return isHeld;
      },
    });
    let logins = 0;
    secret = await scenario.secretOf(await scenario.loggedIn(issuer));
  });
  afterEach(() => scenario.close());

  const sent = () => issuer.asked.map(({ form }) => form.get('refresh_token')).filter((token) => token !== null);
  const isAboutRefresh = () =>
    issuer.asked
      .filter(({ endpoint }) => endpoint === 'token')
      .at(-1)!
      .form.has('refresh_token');
  const gate = () => {
    heldAt = null;
    held();
    return new Promise<void>((go) => (letGo = go));
  };
  const statusAfter = async (seconds: number) => {
    scenario.app.clock.advance(seconds);
    return (await scenario.verify('rotating', secret)).status as string;
  };
  const loginDuringRefresh = async (place: 'token' | 'userinfo') => {
    heldAt = place;
    const isHeld = new Promise<void>((reached) => (held = reached));
    const status = statusAfter(LIFE_SECONDS);
    await isHeld;
    await scenario.login(new Browser());
    letGo();
    return status;
  };

  it.each(['token', 'userinfo'] as const)('keeps the token that it rotates to, at the %s endpoint', async (place) => {
    expect(await loginDuringRefresh(place)).toBe('VALID');
    expect([await statusAfter(LIFE_SECONDS), await statusAfter(LIFE_SECONDS)]).toEqual(['VALID', 'VALID']);
    expect([sent().length, new Set(sent()).size]).toEqual([3, 3]);
  });

  it('keeps one of another person as such', async () => {
    isSubjectOther = true;
    expect(await loginDuringRefresh('token')).toBe('VALID');
    expect(await statusAfter(LIFE_SECONDS)).toBe('REFRESH_UNCLEAR');
    isSubjectOther = false;
    expect(await statusAfter(61)).toBe('VALID');
  });
});
