import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { OpenIdProviderOptions } from '../demo/openid-provider.js';
import { ClientKeys } from '../src/oidc/client-keys/index.js';
import { Browser } from './support/browser.js';
import { CONFIGURATION, TEST_PROVIDER } from './support/documents.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';
import { ReceivedForm, watching } from './support/watched-requests.js';

type Method = NonNullable<OpenIdProviderOptions['client']['authentication']>;
const WITHOUT_SECRET = { clientSecret: undefined };

describe('A client that is registered for one method', () => {
  const open: OidcScenario[] = [];
  const opened = async (changes: ProviderChanges) => {
    const scenario = await OidcScenario.open(changes);
    open.push(scenario);
    return scenario;
  };
  afterEach(async () => {
    for (const scenario of open.splice(0)) await scenario.close();
  });

  /** What the token endpoint is sent; the real provider answers. */
  const watched = ({ provider }: OidcScenario) => {
    const sent: ReceivedForm[] = [];
    provider.atTokenEndpoint = (request, _response, next) => watching(sent, request, next);
    return sent;
  };
  const tested = async ({ app }: OidcScenario, oidc: object = {}) => {
    const { data } = await app.ask(app.admin, TEST_PROVIDER, { input: { oidc } });
    const checks = data.testOidcProvider.report.checks as Record<'name' | 'status' | 'detail' | 'remedy', string>[];
    return checks.find(({ name }) => name === 'CLIENT_CREDENTIALS')!;
  };
  /** Logs in, and uses the CLI secret after the token has ended, so that it is refreshed. */
  const used = async (scenario: OidcScenario) => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    scenario.app.clock.advance(301);
    const before = scenario.provider.refreshes.succeeded;
    const { valid } = await scenario.verify('lin', secret);
    return [valid, scenario.provider.refreshes.succeeded - before];
  };

  it.each<[Method, ProviderChanges]>([
    ['client_secret_basic', { oidc: { clientAuthentication: 'client_secret_basic' } }],
    ['client_secret_post', { oidc: { clientAuthentication: 'client_secret_post' } }],
    ['none', { oidc: { clientAuthentication: 'none', ...WITHOUT_SECRET } }],
    ['private_key_jwt', { oidc: { clientAuthentication: 'private_key_jwt', ...WITHOUT_SECRET } }],
  ])('%s logs people in, refreshes, and passes the test of the settings', async (authentication, changes) => {
    const scenario = await opened({ authentication, idTokenSeconds: 300, ...changes });
    expect((await tested(scenario)).status).not.toBe('FAILED');
    const sent = watched(scenario);
    expect(await used(scenario)).toEqual([true, 1]);
    const isBySecret = authentication.startsWith('client_secret');
    expect(sent.map(({ form }) => form.get('grant_type'))).toEqual(['authorization_code', 'refresh_token']);
    for (const { authorization, form } of sent) {
      expect(authorization !== undefined).toBe(authentication === 'client_secret_basic');
      expect(form.has('client_secret')).toBe(authentication === 'client_secret_post');
      expect(form.has('client_assertion')).toBe(authentication === 'private_key_jwt');
      if (authentication !== 'client_secret_basic') expect(form.get('client_id')).toBe('mooring');
    }
    const { data } = await scenario.app.ask(scenario.app.admin, CONFIGURATION);
    expect(data.configuration.oidc.clientSecretSet).toBe(isBySecret);
    expect(scenario.app.log.join('')).not.toMatch(/provider-client-secret|eyJ[\w-]+\.eyJ/);
  });

  it.each(['ES256', 'RS256'])('signs assertions by %s where the provider takes only that', async (algorithm) => {
    const scenario = await opened({
      ...{ authentication: 'private_key_jwt', assertionAlgorithms: [algorithm] },
      oidc: { clientAuthentication: 'private_key_jwt', ...WITHOUT_SECRET },
    });
    const sent = watched(scenario);
    await scenario.onboarded('lin');
    const [{ form }] = sent as [ReceivedForm];
    const assertion = String(form.get('client_assertion'));
    expect(decodeProtectedHeader(assertion).alg).toBe(algorithm);
    expect(decodeJwt(assertion).aud).toBe(scenario.provider.issuer);
  });

  it('goes on with private_key_jwt while its keys are exchanged, and by the token endpoint as audience', async () => {
    const scenario = await opened({
      ...{ authentication: 'private_key_jwt', idTokenSeconds: 300 },
      oidc: { clientAuthentication: 'private_key_jwt', clientAssertionAudience: 'token_endpoint', ...WITHOUT_SECRET },
    });
    const sent = watched(scenario);
    const kids = () =>
      sent.splice(0).map(({ form }) => decodeProtectedHeader(String(form.get('client_assertion'))).kid);
    // The provider keeps the key set as it is now.
    await scenario.onboarded('lin');
    const before = kids();
    await scenario.app.nest.get(ClientKeys).rotate(60);
    await scenario.onboarded('sam');
    expect(kids()).toEqual(before);
    scenario.app.clock.advance(301);
    await scenario.app.nest.get(ClientKeys).rotate(0);
    await scenario.login(new Browser(), 'lin');
    expect(kids()).not.toEqual(before);
  });

  it('refused in another way, is told so with the way that is taken', async () => {
    const bySecret = await opened({ authentication: 'client_secret_post' });
    expect(await tested(bySecret, { clientAuthentication: 'private_key_jwt' })).toMatchObject({
      ...{ status: 'FAILED', detail: expect.stringContaining('It takes client_secret_post') },
      remedy: expect.stringContaining('Set the client authentication to automatic or client_secret_post'),
    });
    const byKeys = await opened({ authentication: 'private_key_jwt' });
    expect(await tested(byKeys)).toMatchObject({
      ...{ status: 'FAILED', detail: expect.stringContaining('publishes only private_key_jwt') },
      remedy: expect.stringContaining('Set the client authentication to private_key_jwt'),
    });
  });
});
