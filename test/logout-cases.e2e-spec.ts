import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Browser, Page } from './support/browser.js';
import { submitForm } from './support/form-page.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { HostileIssuer, Misbehaviour } from './support/hostile-provider.js';

interface LogoutCase {
  readonly id: string;
  readonly idToken?: { readonly groups: string };
  readonly endSession?: string;
  readonly request?: string;
  readonly expect: string;
}

const FILE = new URL('./cases/logout.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { cases: readonly LogoutCase[] };
const WITHOUT_HINT = /^no id_token_hint/;
const DIALECT = /^wants (\w+) and (\w+), refuses (\w+)$/;
const NUMBERED = (row: LogoutCase, index: number) => [row.id, row, `case-${index}`] as const;

describe('Logouts of real installations', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  /** Goes where the logout leads, by a form where there is one. */
  const follow = async (browser: Browser, url: string): Promise<Page> => {
    const page = await browser.open(url);
    return page.text.includes('<form') ? submitForm(browser, page) : page;
  };
  const numbered = cases.map(NUMBERED);

  it.each(numbered.filter(([, { idToken }]) => idToken))('an ID token: %s', async (_id, row, name) => {
    const count = Number(/^(\d+) UUIDs$/.exec(row.idToken!.groups)?.[1]);
    const groups = Array.from({ length: count }, () => randomUUID());
    const issuer = await scenario.issuer(name, { claims: (honest) => ({ ...honest, groups }) });
    const browser = await scenario.loggedIn(issuer);
    const url = await scenario.logout(browser);
    const isForm = WITHOUT_HINT.test(row.expect);
    expect(url.length).toBeLessThanOrEqual(2000);
    expect(new URL(url).searchParams.has('id_token_hint')).toBe(!isForm);
    await follow(browser, url);
    const { form } = issuer.asked.findLast(({ endpoint }) => endpoint === 'end-session')!;
    expect([form.get('client_id'), form.get('id_token_hint')]).toEqual(['mooring', expect.stringMatching(/^ey/)]);
    expect(await scenario.me(browser)).toBeNull();
  });

  it.each(numbered.filter(([, { endSession }]) => endSession))(
    'a provider with parameters of its own: %s',
    async (_id, row, name) => {
      const [, client = '', wayBack = '', refused = ''] = DIALECT.exec(row.endSession!) ?? [];
      const dialect: Misbehaviour['answer'] = (endpoint, _request, response, { form }) => {
        if (endpoint !== 'end-session') return false;
        const isUnderstood = form.has(client) && form.has(wayBack) && !form.has(refused);
        response.writeHead(isUnderstood ? 302 : 400, { location: form.get(wayBack) ?? '' }).end();
        return true;
      };
      const back = `${scenario.app.url}/c/oidc/logged-out`;
      const extraLogoutParameters = [{ name: wayBack, value: back }];
      const issuer = await scenario.issuer(name, { answer: dialect }, { extraLogoutParameters });
      const browser = await scenario.loggedIn(issuer);
      const page = await follow(browser, await scenario.logout(browser));
      expect([page.status, page.url.href]).toEqual([200, back]);
      await scenario.app.configure({ oidc: { extraLogoutParameters: [] } });
    },
  );

  it.each(numbered.filter(([, { request }]) => request))(
    'a logout told in a frame: %s',
    async (_id, { request }, name) => {
      const issuer: HostileIssuer = await scenario.issuer(name);
      const browser = await scenario.loggedIn(issuer);
      const [method, path = ''] = request!.split(' ');
      const filled = path.replace('OP', encodeURIComponent(issuer.url)).replace('…', issuer.sessionId);
      const page = await new Browser().fetch(`${scenario.app.url}${filled}`, { method });
      expect([page.status, await scenario.me(browser)]).toEqual([200, null]);
    },
  );
});
