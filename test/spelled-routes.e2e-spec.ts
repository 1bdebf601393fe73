import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metrics } from '../src/health/metrics.js';
import { Browser } from './support/browser.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { sendRaw } from './support/raw-request.js';

/** The same resource in other words (RFC 9112, section 3.2.2; RFC 3986, section 6.2.2.2). */
const SPELLINGS = (path: string) => {
  const last = path.at(-1)!;
  const encoded = `${path.slice(0, -1)}%${last.charCodeAt(0).toString(16)}`;
  return [path, encoded, `http://localhost${path}`, `http://elsewhere.example${encoded}`];
};

describe('A route', () => {
  let scenario: OidcScenario;
  beforeAll(async () => (scenario = await OidcScenario.open()));
  afterAll(() => scenario.close());

  const send = (target: string, headers: Record<string, string> = {}) =>
    sendRaw(scenario.app.url, { method: 'GET', target, headers });

  it.each(SPELLINGS('/c/oidc/callback'))('takes the answer of the provider at %s', async (target) => {
    const browser = new Browser();
    const { href, search } = await scenario.submitAndStopBeforeCallback(browser, 'lin');
    const cookie = await browser.jar.getCookieString(href);
    const { status, headers } = await send(`${target}${search}`, { cookie });
    expect([status, headers.location]).toEqual([302, '/onboarding']);
  });

  it.each(SPELLINGS('/c/oidc/callback'))('refuses at %s what no login has begun', async (target) => {
    const { status, body } = await send(`${target}?code=a&state=b`, { accept: 'application/json' });
    const { code } = JSON.parse(body) as { code: string };
    expect([status, code]).toEqual([403, 'FORBIDDEN']);
  });

  it.each(SPELLINGS('/c/oidc/login'))('begins a login at %s', async (target) => {
    const { status, headers } = await send(`${target}?redirect_url=/profile`);
    expect([status, new URL(headers.location!).origin]).toEqual([302, scenario.provider.issuer]);
  });

  it.each(['/service/token', '/service/certificate', '/graphql'].flatMap(SPELLINGS))(
    'tells only programs at %s, with the one header that they need',
    async (target) => {
      const { headers } = await send(`${target}?service=registry`);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
      expect(headers).not.toHaveProperty('content-security-policy');
    },
  );

  it.each(SPELLINGS('/profile'))('shows its page at %s with all headers for browsers', async (target) => {
    expect((await send(target)).headers).toHaveProperty('content-security-policy');
  });

  it.each(['/graphql', '/health/live'])(
    'counts its requests by its name, however that is spelled: %s',
    async (path) => {
      const before = await counted();
      for (const target of SPELLINGS(path)) await send(target);
      const after = await counted();
      expect(new Set(after.keys())).toEqual(new Set([...before.keys(), path]));
      expect(after.get(path)).toBe((before.get(path) ?? 0) + SPELLINGS(path).length);
    },
  );

  it.each(['/%', '/%zz<script>', '/graphql%', '/service/token%f', '/c/oidc/callback%?code=a'])(
    'that can not be read is refused in our words, with all headers for browsers: %s',
    async (target) => {
      const { status, headers, body } = await send(target);
      expect([status, Object.keys(JSON.parse(body) as object)]).toEqual([400, ['code', 'message']]);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(body).not.toContain('%');
    },
  );

  async function counted(): Promise<Map<string, number>> {
    const text = await scenario.app.nest.get(Metrics).text();
    const lines = text.matchAll(/^mooring_requests_total\{route="([^"]*)"\} (\d+)$/gm);
    return new Map([...lines].map(([, route, count]) => [route!, Number(count)]));
  }
});
