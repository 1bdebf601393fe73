import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startOpenIdProvider } from '../demo/openid-provider.js';
import { PEOPLE } from '../demo/people.js';
import { Browser } from './support/browser.js';
import { LOGIN_OPTIONS } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('A change of the OIDC settings', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  it('is in force at the next request, without a restart: the next login goes to the new provider', async () => {
    const redirectUris = [`${scenario.app.url}/c/oidc/callback`];
    const client = { id: 'other-client', secret: 'other-client-secret', redirectUris };
    const other = await startOpenIdProvider({ people: PEOPLE, client });
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);

    const oidc = { name: 'New Office', endpoint: other.issuer, clientId: client.id, clientSecret: client.secret };
    await scenario.configure({ oidc });
    const { loginOptions } = (await scenario.app.ask(undefined, LOGIN_OPTIONS)).data;
    expect(loginOptions.oidcProvider.name).toBe('New Office');
    expect((await scenario.verify('lin', secret)).status).toBe('PROVIDER_CHANGED');
    const page = await scenario.toProvider(new Browser());
    expect(page.url.origin).toBe(other.issuer);
    await other.close();
  });

  it('changes the scope and the extra parameters of the next login', async () => {
    await scenario.configure({
      oidc: { scope: 'openid', extraRedirectParameters: [{ name: 'login_hint', value: 'a&b=c' }] },
    });
    const page = await new Browser().fetch(`${scenario.app.url}/c/oidc/login`);
    const { searchParams } = new URL(page.headers.get('location')!);
    expect(searchParams.get('scope')).toBe('openid');
    expect(searchParams.get('login_hint')).toBe('a&b=c');
  });

  it('does not unlock the auth mode: it stays while a user has onboarded', async () => {
    await scenario.onboarded('lin');
    const refused = await scenario.configure({ authMode: 'DATABASE' });
    expect(refused.errors[0]?.extensions).toEqual({ code: 'AUTH_MODE_LOCKED', userCount: 1 });
  });
});
