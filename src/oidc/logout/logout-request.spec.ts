import { describe, expect, it } from '@jest/globals';
import { isTooLongForUrl, logoutRequestOf, logoutUrlOf, wantsHintForReturn } from './logout-request.js';

const PARTS = {
  endpoint: 'https://id.example.com/logout',
  clientId: 'mooring',
  hint: 'e30.e30.x',
  returnUri: 'https://mooring.example.com/c/oidc/logged-out',
  state: 'S',
  extra: [],
};
const sentBy = (changes: object): Record<string, string> =>
  Object.fromEntries(new URL(logoutUrlOf(logoutRequestOf({ ...PARTS, ...changes }))).searchParams);
const ALL = {
  id_token_hint: 'e30.e30.x',
  client_id: 'mooring',
  post_logout_redirect_uri: PARTS.returnUri,
  state: 'S',
};

describe(logoutRequestOf.name, () => {
  it('names the client always, with and without an ID token', () => {
    expect(sentBy({})).toEqual(ALL);
    const { id_token_hint: _none, ...others } = ALL;
    expect(sentBy({ hint: null })).toEqual(others);
  });

  it.each([
    ['Hydra', 'https://hydra.example.com/oauth2/sessions/logout', true],
    ['Hydra under a path', 'https://example.com/hydra/oauth2/sessions/logout', true],
    ['Okta', 'https://dev-1.okta.com/oauth2/v1/logout', true],
    ['Okta, custom authorization server', 'https://login.example.com/oauth2/aus4711/v1/logout', true],
    ['Keycloak', 'https://example.com/realms/a/protocol/openid-connect/logout', false],
    ['Entra ID', 'https://login.microsoftonline.com/t/oauth2/v2.0/logout', false],
    ['Cognito', 'https://a.auth.eu-central-1.amazoncognito.com/logout', false],
    ['another one', 'https://example.com/oauth2/logout', false],
  ])('sends no way back without an ID token where the provider refuses that: %s', (_name, endpoint, isWanted) => {
    expect(wantsHintForReturn(endpoint)).toBe(isWanted);
    expect(sentBy({ endpoint })).toEqual(ALL);
    const back = { post_logout_redirect_uri: PARTS.returnUri, state: 'S' };
    expect(sentBy({ endpoint, hint: null })).toEqual({ client_id: 'mooring', ...(!isWanted && back) });
  });

  it('keeps the query of the endpoint, except what it sends itself', () => {
    const endpoint = 'https://id.example.com/logout?tenant=a%26b&state=theirs&client_id=other&id_token_hint=x';
    expect(sentBy({ endpoint, hint: null })).toEqual({ tenant: 'a&b', ...ALL, id_token_hint: undefined });
  });
});

describe('Extra parameters of the logout', () => {
  const named = (name: string) => [{ name, value: 'https://mooring.example.com/?a=b&c' }];

  it.each(['logout_uri', 'returnTo', 'redirect_uri'])('name the way back instead of ours: %s', (name) => {
    const { post_logout_redirect_uri: _ours, ...others } = ALL;
    expect(sentBy({ extra: named(name) })).toEqual({ ...others, [name]: 'https://mooring.example.com/?a=b&c' });
  });

  it('are sent beside it otherwise, each once, the last of a name', () => {
    const extra = [
      ...[
        { name: 'ui_locales', value: 'de' },
        { name: 'ui_locales', value: 'fr' },
      ],
      { name: 'kc_idp_hint', value: '"&\u00fc' },
    ];
    const endpoint = 'https://id.example.com/logout?ui_locales=en';
    const url = new URL(logoutUrlOf(logoutRequestOf({ ...PARTS, endpoint, extra })));
    expect(url.searchParams.getAll('ui_locales')).toEqual(['fr']);
    expect(url.searchParams.get('kc_idp_hint')).toBe('"&\u00fc');
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(PARTS.returnUri);
  });
});

describe(isTooLongForUrl.name, () => {
  it('draws the line after 2,000 characters of the whole URL', () => {
    const rest = logoutUrlOf(logoutRequestOf({ ...PARTS, hint: '' })).length;
    const ofLength = (length: number) => logoutRequestOf({ ...PARTS, hint: 'x'.repeat(length - rest) });
    expect([2000, 2001].map((length) => isTooLongForUrl(ofLength(length)))).toEqual([false, true]);
  });
});
