import { describe, expect, it } from '@jest/globals';
import { errorViewOf } from './error-view.js';

const ERROR = { code: 'FORBIDDEN', status: 403, message: 'Not like this. Do that.', extensions: {} };
const LOGIN = { route: '/c/oidc/callback', basePath: '/tools' };

describe(errorViewOf, () => {
  it('says of a login that it failed, and offers another one', () => {
    expect(errorViewOf(ERROR, LOGIN)).toEqual({
      title: 'Login failed',
      message: 'Not like this. Do that.',
      code: 'FORBIDDEN',
      said: null,
      again: '/tools/c/oidc/login',
    });
    expect(errorViewOf(ERROR, { ...LOGIN, route: '/c/oidc/login' }).again).toBe('/tools/c/oidc/login');
  });

  it.each([
    ['begins none where there is no provider', { ...ERROR, code: 'UNSUPPORTED_IN_AUTH_MODE' }, 'Login failed'],
    ['begins none for a test login', { ...ERROR, headline: 'Test login failed' }, 'Test login failed'],
  ])('%s', (_what, error, title) => {
    expect(errorViewOf(error, LOGIN)).toMatchObject({ title, again: null });
  });

  it.each([undefined, '/c/oidc/logged-out'])('calls nothing else a login: %s', (route) => {
    expect(errorViewOf(ERROR, { ...LOGIN, route })).toMatchObject({ title: 'Request failed', again: null });
    expect(errorViewOf({ ...ERROR, headline: 'Page not found' }, { ...LOGIN, route }).title).toBe('Page not found');
  });

  it('quotes the provider, and takes nothing for its words that is not text', () => {
    const saying = (extensions: object) => errorViewOf({ ...ERROR, extensions: { ...extensions } }, LOGIN).said;
    expect(saying({ providerError: 'access_denied', providerErrorDescription: 'not you' })).toEqual({
      error: 'access_denied',
      description: 'not you',
    });
    expect(saying({ providerError: 'a', providerErrorDescription: 7 })).toEqual({ error: 'a', description: null });
    expect(saying({ providerError: ['a'] })).toBeNull();
  });
});
