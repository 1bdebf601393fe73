import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CONFIGURATION, TEST_PROVIDER } from './support/documents.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, Misbehaviour, signWithSecret } from './support/hostile-provider.js';
import { HostileScenario, UNUSABLE } from './support/hostile-scenario.js';

const WELL_KNOWN = '.well-known/openid-configuration';
const SECRET = { clientSecret: HOSTILE_CLIENT_SECRET };

interface Row {
  readonly id: string;
  readonly discovery?: { readonly id_token_signing_alg_values_supported?: readonly string[] };
  readonly idTokenHeader?: { readonly alg: string; readonly kid?: string };
  readonly jwks?: object;
}

const ROWS = (JSON.parse(readFileSync('test/cases/discovery.json', 'utf8')) as { cases: Row[] }).cases;
const rowOf = (id: string) => ROWS.find((row) => row.id.includes(id))!;

describe('The discovery document apart from the issuer', () => {
  let scenario: HostileScenario;
  let replicas: TestApp[];
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    replicas = [scenario.app, await scenario.app.replica(), await scenario.app.replica()];
  });
  afterAll(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  /** A provider whose document is at `/<name>/policy/v2.0`, with an issuer under which nothing is published. */
  const apart = (name: string): Misbehaviour & { issuer: string; path: string; endpoints: string } => {
    const { origin } = scenario.provider;
    const [issuer, path, endpoints] = [
      `${origin}/0000-${name}/v2.0/`,
      `policy/v2.0/${WELL_KNOWN}`,
      `${origin}/${name}`,
    ];
    const document = {
      ...{ issuer, authorization_endpoint: `${endpoints}/authorize`, token_endpoint: `${endpoints}/token` },
      ...{ jwks_uri: `${endpoints}/keys`, userinfo_endpoint: `${endpoints}/userinfo` },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      ...{ id_token_signing_alg_values_supported: ['RS256'] },
    };
    return {
      ...{ issuer, path, endpoints },
      claims: (honest) => ({ ...honest, iss: issuer }),
      answer: (endpoint, _request, response) => {
        if (String(endpoint) !== path) return false;
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
        return true;
      },
    };
  };
  const opened = async (name: string) => {
    const kind = apart(name);
    const settings = { endpoint: kind.issuer, discoveryUrl: `${kind.endpoints}/${kind.path}` };
    return { kind, settings, issuer: await scenario.issuer(name, kind, settings) };
  };
  const test = async (oidc: object) => {
    const answer = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, {
      input: { oidc: { ...oidc, ...SECRET } },
    });
    const { checks } = answer.data.testOidcProvider.report;
    return (name: string) => checks.find((check: { name: string }) => check.name === name);
  };
  const loginAt = async (replica: TestApp) => {
    const browser = new Browser();
    const isPortal = ({ pathname }: URL) => ['/profile', '/onboarding'].includes(pathname);
    const toCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
    const begun = await browser.open(`${scenario.app.url}/c/oidc/login?redirect_url=/profile`, {}, toCallback);
    const back = new URL(begun.url.pathname + begun.url.search, replica.url);
    return browser.open(back.href, {}, isPortal);
  };

  it(`of ${rowOf('openid-client#718').id}: the test says what to set, and with it people log in`, async () => {
    const kind = apart('b2c');
    const issuer = scenario.provider.issuer('b2c', kind);
    const endpoint = `${kind.endpoints}/policy/v2.0`;
    const finding = (await test({ endpoint, discoveryUrl: null }))('ISSUER_MATCH');
    expect(finding).toMatchObject({ status: 'FAILED', detail: expect.stringContaining(`"${kind.issuer}"`) });
    const [discoveryUrl] = /http:\S+$/.exec(finding.remedy) ?? [];
    expect(finding.remedy).toContain('discovery URL');
    expect(discoveryUrl).toBe(`${endpoint}/${WELL_KNOWN}`);
    const advised = { endpoint: kind.issuer, discoveryUrl };
    expect((await test(advised))('ISSUER_MATCH').status).toBe('PASSED');
    const oidc = { ...advised, ...SECRET, clientId: 'mooring', scope: 'openid,profile,email', autoOnboard: true };
    expect((await scenario.app.configure({ authMode: 'OIDC', oidc })).code).toBeUndefined();
    await scenario.loggedIn(issuer);
  });

  it(`of ${rowOf('authentik').id}: the page names HS256, and says what to choose at the provider`, async () => {
    const { discovery } = rowOf('authentik');
    const misbehaviour: Misbehaviour = {
      document: (honest) => ({ ...honest, ...discovery }),
      sign: (claims) => signWithSecret(claims, HOSTILE_CLIENT_SECRET.repeat(3)),
    };
    const issuer = await scenario.issuer('by-secret', misbehaviour, { discoveryUrl: null });
    await scenario.comesToNothing(async (browser) => {
      const page = await scenario.login(browser);
      expect(page.text).toMatch(/HS256.*choose a signing key/);
      return page;
    }, UNUSABLE);
    expect(issuer.timesAsked('token')).toBe(1);
  });

  it(`of ${rowOf('Loris').id}: the only key of a key set is tried without its kid`, async () => {
    const withoutKid = (keys: readonly { kid?: string }[]) => ({
      keys: keys.map((key) => ({ ...key, kid: undefined, alg: undefined })),
    });
    const issuer = await scenario.issuer('without-kid', { keys: withoutKid }, { discoveryUrl: null });
    await scenario.loggedIn(issuer);
  });

  it('is read from one place on all replicas, and a change of it is in force at once', async () => {
    const { kind, settings } = await opened('first');
    for (const replica of replicas) {
      const page = await loginAt(replica);
      expect([replica.url, page.url.pathname, page.text.slice(0, 300)]).toEqual([replica.url, '/profile', '']);
    }
    const moved = `${kind.endpoints}/nowhere`;
    await scenario.app.configure({ oidc: { ...settings, discoveryUrl: moved, ...SECRET } });
    for (const { url } of replicas) {
      const page = await new Browser().open(`${url}/c/oidc/login`, {}, undefined);
      expect([page.status, page.url.pathname]).toEqual([502, '/c/oidc/login']);
    }
  });

  it.each<[string, (url: string, issuer: HostileIssuer) => object]>([
    ['another discovery URL', (url) => ({ discoveryUrl: `${url}x` })],
    ['none', () => ({ discoveryUrl: null })],
    ['another issuer at the same place', (_url, { url }) => ({ endpoint: url })],
  ])('needs the client secret again with %s', async (_what, changeOf) => {
    const { settings, issuer } = await opened(`again-${_what.replaceAll(' ', '-')}`);
    const change = changeOf(settings.discoveryUrl, issuer);
    const { code, text } = await scenario.app.configure({ oidc: change });
    expect([code, text]).toEqual(['BAD_USER_INPUT', expect.stringContaining('clientSecret')]);
    const tested = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: { oidc: change } });
    expect(tested.code).toBe('BAD_USER_INPUT');
    expect((await scenario.app.configure({ oidc: { ...change, ...SECRET } })).code).toBeUndefined();
  });

  it('is the same provider with another discovery URL: grants and secrets stay', async () => {
    const { settings, issuer } = await opened('same');
    const secret = await scenario.secretOf(await scenario.loggedIn(issuer));
    const changed = `${settings.discoveryUrl}?p=policy`;
    await scenario.app.configure({ oidc: { discoveryUrl: changed, ...SECRET } });
    expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
    await scenario.loggedIn(issuer);
    const { data } = await scenario.app.ask(scenario.app.admin, CONFIGURATION);
    expect(data.configuration.oidc.endpoint).toBe(settings.endpoint);
  });

  it('gives no credentials to a document with another issuer, to a redirect, or to what is no document', async () => {
    const { issuer, settings } = await opened('decoy');
    const decoy = scenario.provider.issuer('elsewhere', {
      answer: (endpoint, _request, response) => {
        if (String(endpoint) !== 'redirect') return false;
        response.writeHead(302, { location: settings.discoveryUrl }).end();
        return true;
      },
    });
    for (const path of [WELL_KNOWN, 'redirect', 'keys']) {
      await scenario.app.configure({ oidc: { discoveryUrl: `${decoy.url}/${path}`, ...SECRET } });
      await scenario.comesToNothing((browser) => scenario.login(browser), UNUSABLE);
    }
    const asked = [...decoy.asked, ...issuer.asked];
    expect(asked.filter(({ form, authorization }) => authorization ?? form.get('client_secret'))).toEqual([]);
  });
});

describe('The issuer of many tenants', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const TEMPLATE = 'https://login.microsoftonline.com/{tenantid}/v2.0';

  it.each([
    ['endpoint', 'https://login.microsoftonline.com/common/v2.0'],
    ['endpoint', 'https://login.microsoftonline.com/organizations/v2.0/'],
    ['endpoint', 'https://LOGIN.microsoftonline.com/consumers'],
    ['endpoint', 'https://login.microsoftonline.us/common'],
    ['endpoint', TEMPLATE],
    ['endpoint', 'https://login.microsoftonline.com/%7Btenantid%7D/v2.0'],
    ['discoveryUrl', `https://login.microsoftonline.com/common/v2.0/${WELL_KNOWN}`],
  ])('is refused as %s %s, with the way out', async (name, value) => {
    const oidc = { [name]: value, ...SECRET };
    const saved = await scenario.app.configure({ oidc });
    const tested = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: { oidc } });
    for (const { code, text } of [saved, tested]) {
      expect([code, text]).toEqual(['BAD_USER_INPUT', expect.stringContaining('of your own tenant')]);
    }
  });

  it('is named by the test and at a login, where a document has a template', async () => {
    await scenario.issuer('templated', { document: (honest) => ({ ...honest, issuer: TEMPLATE }) });
    const { data } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} });
    const finding = data.testOidcProvider.report.checks.find(({ name }: { name: string }) => name === 'ISSUER_MATCH');
    expect(finding).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('template of an issuer') });
    expect(finding.remedy).toContain('of your own tenant');
    await scenario.comesToNothing(async (browser) => {
      const page = await scenario.login(browser);
      expect(page.text).toContain('of your own tenant');
      return page;
    }, UNUSABLE);
  });
});
