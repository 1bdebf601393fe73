import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { HostileScenario, NOT_BEGUN, UNUSABLE } from './support/hostile-scenario.js';

const REFUSED_LOGINS = '{ auditEvents(filter: { action: "login" }, first: 100) { edges { node { reason detail } } } }';
const HTML = '<script>alert("1")</script>';
const PUBLISHED = { authorization_response_iss_parameter_supported: true };

describe('A login that the provider refuses', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const sentBackWith = (error: string, description?: string) => (back: URLSearchParams) => {
    back.delete('code');
    back.set('error', error);
    if (description !== undefined) back.set('error_description', description);
  };

  const detailsOf = async (code: string): Promise<(string | null)[]> => {
    const { data } = await scenario.app.ask(scenario.app.admin, REFUSED_LOGINS);
    const events: { reason: string | null; detail: string | null }[] = data.auditEvents.edges.map(
      ({ node }: { node: object }) => node,
    );
    return events.filter(({ reason }) => reason === code).map(({ detail }) => detail);
  };

  it.each([
    ['access_denied', 'User is not assigned to the client application.', 403, 'LOGIN_DENIED', 'was cancelled, or'],
    ['invalid_scope', 'offline_access is not allowed', 502, 'PROVIDER_ERROR', 'the scope `offline_access`'],
    ['unauthorized_client', 'not for this flow', 502, 'PROVIDER_ERROR', 'as a client'],
    ['server_error', 'the directory is down', 503, 'PROVIDER_UNAVAILABLE', 'at the moment'],
    ['invalid_request', 'AADSTS50011: the redirect URI', 502, 'PROVIDER_ERROR', 'ended the login with an error'],
  ])(
    'tells the person and the audit log what the provider said: %s',
    async (error, description, status, code, text) => {
      await scenario.issuer(
        `refuses-${error.replace('_', '-')}`,
        { callback: sentBackWith(error, description) },
        {
          scope: 'openid,offline_access',
        },
      );
      const page = await scenario.login(new Browser());
      expect(page.status).toBe(status);
      expect(page.text).toContain(text);
      expect(page.text).toContain(`The provider says: <code>${error}</code> <q>${description}</q>`);
      expect(await detailsOf(code)).toContain(`${error}; the provider says: "${description}"`);
    },
  );

  it('shows the words of a provider as text, never as a page', async () => {
    await scenario.issuer('html-error', { callback: sentBackWith(HTML, HTML) });
    const { text } = await scenario.login(new Browser());
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;');
  });

  it('tells a client that reads JSON the same', async () => {
    await scenario.issuer('json-error', { callback: sentBackWith('access_denied', 'not you') });
    const browser = new Browser();
    const url = await scenario.callbackOf(browser);
    const page = await browser.fetch(url, { headers: { accept: 'application/json' } });
    expect(JSON.parse(page.text)).toMatchObject({
      ...{ code: 'LOGIN_DENIED', providerError: 'access_denied', providerErrorDescription: 'not you' },
    });
  });

  it('repeats no words where the link is not the way back of a login of this browser', async () => {
    await scenario.issuer('stranger');
    for (const state of ['', '&state=x', `&state=${'a'.repeat(32)}`]) {
      const link = `${scenario.app.url}/c/oidc/callback?error=access_denied&error_description=call+the+helpdesk${state}`;
      await scenario.comesToNothing(async (browser) => {
        const page = await browser.fetch(link);
        expect(page.text).not.toMatch(/helpdesk|The provider says|access_denied/);
        return page;
      }, NOT_BEGUN);
      expect(await detailsOf('FORBIDDEN')).toEqual([null]);
    }
  });

  it.each([
    ['another issuer', {}, (back: URLSearchParams) => back.set('iss', 'https://other.example')],
    ['no issuer, where the provider announces one (RFC 9207)', PUBLISHED, () => undefined],
  ])('repeats no words with %s', async (_what, published, change) => {
    const document = (honest: object) => ({ ...honest, ...published });
    await scenario.issuer('other-iss', {
      document,
      callback: (back) => (sentBackWith('access_denied', 'call the helpdesk')(back), change(back)),
    });
    await scenario.comesToNothing(async (browser) => {
      const page = await scenario.login(browser);
      expect(page.text).not.toMatch(/helpdesk|The provider says|access_denied/);
      return page;
    }, UNUSABLE);
  });
});
