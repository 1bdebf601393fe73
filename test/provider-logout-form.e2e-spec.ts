import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { Browser, Page } from './support/browser.js';
import { formOn, submitForm } from './support/form-page.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { Misbehaviour } from './support/hostile-provider.js';

/** An ID token of some 12,000 characters, as groups by id make one. */
const LONG: Misbehaviour = {
  claims: (honest) => ({ ...honest, groups: Array.from({ length: 300 }, () => randomUUID()) }),
};
const NOTHING_BEGUN = 'This page follows a logout at the OpenID provider. It changes nothing';

describe('A logout at the provider whose URL would be too long', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const policyOf = (page: Page): Record<string, string> => {
    const directives = (page.headers.get('content-security-policy') ?? '').split(';');
    return Object.fromEntries(directives.map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]));
  };
  const endingAt = (url: (honest: string) => string): Misbehaviour => ({
    ...LONG,
    document: (honest) => ({ ...honest, end_session_endpoint: url(String(honest.end_session_endpoint)) }),
  });

  it('is a form with the ID token in its body, and comes back to the login page', async () => {
    const issuer = await scenario.issuer('long-token', LONG);
    const browser = await scenario.loggedIn(issuer);
    const url = await scenario.logout(browser);
    expect(url).toBe(`${scenario.app.url}/c/oidc/logout-form`);
    expect(await scenario.me(browser)).toBeNull();
    const page = await browser.open(url);
    const { action, fields } = formOn(page);
    expect([page.status, action, Object.keys(fields)]).toEqual([
      ...[200, `${issuer.url}/end-session`],
      ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'],
    ]);
    expect(fields).toMatchObject({ id_token_hint: expect.stringMatching(/^.{2000,}$/), client_id: 'mooring' });
    const back = await submitForm(browser, page, ({ pathname }) => pathname === '/');
    expect([back.status, back.url.href]).toEqual([302, `${scenario.app.url}/`]);
    expect(issuer.asked.at(-1)?.form.get('id_token_hint')).toBe(fields.id_token_hint);
  });

  it('is sent by one script that the policy names, to the provider and on by https only, and is kept nowhere', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('policy', LONG));
    const page = await browser.open(await scenario.logout(browser));
    const [, script = ''] = /<script>([^<]*)<\/script>/.exec(page.text) ?? [];
    expect(script).toContain('submit()');
    expect(policyOf(page)).toEqual({
      'default-src': "'none'",
      'script-src': `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
      'style-src': "'self'",
      'form-action': `'self' ${scenario.provider.origin} https:`,
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect([page.headers.get('cache-control'), page.headers.get('x-frame-options')]).toEqual(['no-store', 'DENY']);
    expect(page.text).toContain('<button type="submit">');
  });

  it('shows the ID token once, to the browser that logged out, for two minutes', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('once', LONG));
    const url = await scenario.logout(browser);
    const thief = browser.copy();
    const isPlain = async (who: Browser) => {
      const page = await who.open(url);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(page.text).not.toContain('id_token_hint');
      expect(page.text).toContain(NOTHING_BEGUN);
    };
    await isPlain(new Browser());
    expect(formOn(await browser.open(url)).fields.id_token_hint).toBeDefined();
    await isPlain(browser);
    await isPlain(thief);
    const late = await scenario.loggedIn(scenario.provider.latest);
    await scenario.logout(late);
    scenario.app.clock.advance(121);
    await isPlain(late);
  });

  it('shows nothing for a cookie that somebody made up', async () => {
    await scenario.issuer('forged', LONG);
    for (const value of ['x', '%7B%7D', 'v1.a.b', JSON.stringify({ userId: 'x', state: 'y', expiresAt: 9e15 })]) {
      const browser = new Browser();
      await browser.jar.setCookie(`mooring-logout-form=${encodeURIComponent(value)}`, scenario.app.url);
      expect((await browser.open(`${scenario.app.url}/c/oidc/logout-form`)).text).toContain(NOTHING_BEGUN);
    }
  });

  it('writes nothing of the provider into the page or its policy that is more than text', async () => {
    const nasty = `?a="><script>alert(1)</script>&b='%3B script-src *;&state=theirs&client_id=other`;
    const browser = await scenario.loggedIn(
      await scenario.issuer(
        'html',
        endingAt((url) => `${url}${nasty}`),
      ),
    );
    const page = await browser.open(await scenario.logout(browser));
    expect(page.text.match(/<script/g)).toHaveLength(1);
    expect(policyOf(page)['form-action']).toBe(`'self' ${scenario.provider.origin} https:`);
    const { searchParams } = new URL(formOn(page).action);
    expect([searchParams.get('a'), searchParams.get('state'), searchParams.get('client_id')]).toEqual([
      ...['"><script>alert(1)</script>', null, null],
    ]);
  });

  it.each(['http://[::1]:8443/logout', "https://a;script-src'/logout", 'https://*/logout'])(
    'goes without the ID token to a host that a policy can not name: %s',
    async (endpoint) => {
      const name = `unnameable-${createHash('sha256').update(endpoint).digest('hex').slice(0, 8)}`;
      const issuer = await scenario.issuer(
        name,
        endingAt(() => endpoint),
      );
      const browser = await scenario.loggedIn(issuer);
      const url = new URL(await scenario.logout(browser));
      expect(url.pathname).toBe('/logout');
      expect([url.searchParams.get('id_token_hint'), url.searchParams.get('client_id')]).toEqual([null, 'mooring']);
    },
  );

  it('is no form where the URL is short enough', async () => {
    const issuer = await scenario.issuer('short-token');
    const url = await scenario.logout(await scenario.loggedIn(issuer));
    expect(url.startsWith(`${issuer.url}/end-session?`)).toBe(true);
    expect(url.length).toBeLessThanOrEqual(2000);
  });

  it('ends here also when the provider does not come into it any more before the page is opened', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('changed', LONG));
    const url = await scenario.logout(browser);
    await scenario.app.configure({ oidc: { logout: false } });
    expect((await browser.open(url)).text).toContain(NOTHING_BEGUN);
  });
});

describe('A logout at a provider with parameters of its own', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  /** As Amazon Cognito: no way back but its own, and no state comes back. */
  const cognito: Misbehaviour = {
    answer: (endpoint, _request, response, { form }) => {
      if (endpoint !== 'end-session') return false;
      const isUnderstood = form.has('client_id') && form.has('logout_uri') && !form.has('post_logout_redirect_uri');
      response.writeHead(isUnderstood ? 302 : 400, { location: form.get('logout_uri') ?? '' }).end();
      return true;
    },
  };

  it.each([
    ['a URL', 'cognito', cognito],
    ['a form', 'cognito-long', { ...LONG, ...cognito }],
  ])('has them, as %s, and comes back', async (_form, name, misbehaviour) => {
    const extraLogoutParameters = [{ name: 'logout_uri', value: `${scenario.app.url}/c/oidc/logged-out?"><b>` }];
    const browser = await scenario.loggedIn(await scenario.issuer(name, misbehaviour, { extraLogoutParameters }));
    const page = await browser.open(await scenario.logout(browser));
    const back = formOn(page).action === '' ? page : await submitForm(browser, page);
    expect([back.status, back.url.pathname]).toEqual([200, '/c/oidc/logged-out']);
    expect(page.text).not.toContain('<b>');
    expect(await scenario.me(browser)).toBeNull();
    await scenario.app.configure({ oidc: { extraLogoutParameters: [] } });
  });

  it.each(['client_id', 'client_secret', 'id_token_hint', 'post_logout_redirect_uri', 'state'])(
    'can not have %s replaced by a setting',
    async (name) => {
      const { code, errors } = await scenario.app.configure({
        oidc: { extraLogoutParameters: [{ name, value: 'x' }] },
      });
      expect([code, JSON.stringify(errors)]).toEqual([
        ...['BAD_USER_INPUT', expect.stringContaining('must not replace a protocol parameter')],
      ]);
    },
  );
});

describe('The page to which the provider sends browsers back', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  it.each(['', '?state=', '?state=x', '?state=x&state=y', '?state[]=x', '?redirect=https://evil.example.com'])(
    'is a plain page that changes nothing, without what we sent: %j',
    async (query) => {
      const browser = await scenario.loggedIn(await scenario.issuer('plain'));
      const url = new URL(await scenario.logout(browser));
      const page = await browser.fetch(`${scenario.app.url}/c/oidc/logged-out${query}`);
      expect([page.status, page.headers.get('location'), page.headers.get('set-cookie')]).toEqual([200, null, null]);
      expect([page.text, page.headers.get('cache-control')]).toEqual([
        ...[expect.stringContaining(NOTHING_BEGUN), 'no-store'],
      ]);
      const back = await browser.open(url, {}, ({ pathname }) => pathname === '/');
      expect(back.url.href).toBe(`${scenario.app.url}/`);
    },
  );

  it('logs nobody out, and nobody in', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('kept'));
    await browser.fetch(`${scenario.app.url}/c/oidc/logged-out?state=x`);
    expect(await scenario.me(browser)).not.toBeNull();
  });
});
