import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser, Page } from './support/browser.js';
import { AUDIT, PENDING } from './support/documents.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

describe('A logout at the provider that is told in a frame of the browser', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  /** As a frame does: without cookies. */
  const tell = (query: Record<string, string> | string, init: RequestInit = {}): Promise<Page> => {
    const text = typeof query === 'string' ? query : String(new URLSearchParams(query));
    return new Browser().fetch(`${scenario.app.url}/c/oidc/frontchannel-logout?${text}`, init);
  };
  const ofSession = ({ url, sessionId }: HostileIssuer) => ({ iss: url, sid: sessionId });
  const audited = async () => {
    const answer = await scenario.app.ask(scenario.app.admin, AUDIT, {
      filter: { action: 'frontchannel_logout' },
      first: 100,
    });
    return answer.data.auditEvents.edges.map(({ node }: { node: object }) => node) as {
      outcome: string;
      target: { label: string } | null;
    }[];
  };

  it('ends the sessions that came from that session there, and neither others nor the CLI secret', async () => {
    const issuer = await scenario.issuer('told');
    const [one, same] = [await scenario.loggedIn(issuer), await scenario.loggedIn(issuer)];
    const secret = await scenario.secretOf(one);
    const first = ofSession(issuer);
    issuer.sessionId = 'another-session';
    const other = await scenario.loggedIn(issuer);
    const page = await tell(first);
    expect([page.status, await scenario.me(one), await scenario.me(same)]).toEqual([200, null, null]);
    expect(await scenario.me(other)).not.toBeNull();
    expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
    expect((await audited()).filter(({ target }) => target?.label === 'told')).toMatchObject([
      { actor: { kind: 'ANONYMOUS' }, outcome: 'SUCCEEDED' },
    ]);
    expect((await tell(first)).status).toBe(200);
  });

  it('ends a pending onboarding', async () => {
    const issuer = await scenario.issuer('pending', {}, { autoOnboard: false });
    const browser = new Browser();
    await scenario.login(browser);
    expect((await scenario.app.ask(browser, PENDING)).data.pendingOnboarding).not.toBeNull();
    await tell(ofSession(issuer));
    expect((await scenario.app.ask(browser, PENDING)).data.pendingOnboarding).toBeNull();
  });

  it('may be framed by pages of the issuer, is kept by nobody, and tells nothing', async () => {
    const issuer = await scenario.issuer('framed');
    await scenario.loggedIn(issuer);
    const [known, unknown] = [await tell(ofSession(issuer)), await tell({ iss: issuer.url, sid: 'nobody-has-it' })];
    expect(known.headers.get('content-security-policy')).toBe(
      `default-src 'none';base-uri 'none';form-action 'none';frame-ancestors ${scenario.provider.origin}`,
    );
    expect(known.headers.get('x-frame-options')).toBeNull();
    expect([known.headers.get('cache-control'), known.headers.get('set-cookie')]).toEqual(['no-cache, no-store', null]);
    const shown = ({ status, text, headers }: Page) => [status, text, headers.get('content-security-policy')];
    expect(shown(known)).toEqual(shown(unknown));
  });

  it.each([
    ['no issuer', ({ sid }: Named) => ({ sid })],
    ['no session', ({ iss }: Named) => ({ iss })],
    ['neither', () => ({})],
    ['an empty session', ({ iss }: Named) => ({ iss, sid: '' })],
    ['another issuer', ({ sid }: Named) => ({ iss: 'https://other.example.com', sid })],
    ['almost the issuer', ({ iss, sid }: Named) => ({ iss: `${iss}/`, sid })],
    ['the issuer in capitals', ({ iss, sid }: Named) => ({ iss: iss.toUpperCase(), sid })],
    ['a session that is too long', ({ iss }: Named) => ({ iss, sid: 'x'.repeat(1025) })],
    ['a second session', ({ iss, sid }: Named) => `${String(new URLSearchParams({ iss, sid }))}&sid=x`],
    ['a second issuer', ({ iss, sid }: Named) => `${String(new URLSearchParams({ iss, sid }))}&iss=x`],
    ['sessions as a list', ({ iss, sid }: Named) => `${String(new URLSearchParams({ iss }))}&sid[]=${sid}`],
  ])('is refused with %s, also from the browser of the session, and stays unframed', async (_what, change) => {
    const issuer = await scenario.issuer('refused');
    const browser = await scenario.loggedIn(issuer);
    const query = change(ofSession(issuer)) as Record<string, string> | string;
    const text = typeof query === 'string' ? query : String(new URLSearchParams(query));
    const page = await browser.fetch(`${scenario.app.url}/c/oidc/frontchannel-logout?${text}`);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Nobody was logged out')]);
    expect([page.headers.get('x-frame-options'), page.headers.get('cache-control')]).toEqual(['DENY', 'no-store']);
    expect(await scenario.me(browser)).not.toBeNull();
  });

  it('is taken as GET only', async () => {
    const issuer = await scenario.issuer('methods');
    const browser = await scenario.loggedIn(issuer);
    const body = new URLSearchParams(ofSession(issuer));
    expect((await tell('', { method: 'POST', body })).status).toBe(404);
    expect(await scenario.me(browser)).not.toBeNull();
  });

  it('is throttled where an address names sessions that nobody has, without a row for each', async () => {
    const issuer = await scenario.issuer('flood');
    const before = (await audited()).length;
    const statuses = [];
    for (let guess = 0; guess < 110; guess++) statuses.push((await tell({ iss: issuer.url, sid: `g${guess}` })).status);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    const unknown = () => tell({ iss: issuer.url, sid: 'one-more' });
    expect((await unknown()).headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await audited()).length - before).toBeLessThanOrEqual(2);
    scenario.app.clock.advance(601);
    expect((await unknown()).status).toBe(200);
  });

  it('counts also where somebody else has spent the budget of the address, as a page that the person opens can', async () => {
    const issuer = await scenario.issuer('spent');
    const browser = await scenario.loggedIn(issuer);
    const flood = Array.from({ length: 110 }, (_, guess) => tell({ iss: issuer.url, sid: `spent${guess}` }));
    const during = await scenario.loggedIn(issuer);
    expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect((await tell({ iss: issuer.url, sid: 'nobody-has-it-either' })).status).toBe(429);
    expect((await tell(ofSession(issuer))).status).toBe(200);
    expect([await scenario.me(browser), await scenario.me(during)]).toEqual([null, null]);
    scenario.app.clock.advance(601);
  });
});

type Named = ReturnType<() => { iss: string; sid: string }>;
