import { describe, expect, it } from '@jest/globals';
import { errorViewOf, REQUEST_FAILED } from './error-view.js';

const ERROR = { code: 'FORBIDDEN', status: 403, message: 'Not like this. Do that.', extensions: {} };
const LOGIN = { title: 'Login failed', again: '/tools/c/oidc/login' };

describe(errorViewOf, () => {
  it('says what failed, and where it can be tried again', () => {
    expect(errorViewOf(ERROR, LOGIN)).toEqual({
      title: 'Login failed',
      message: 'Not like this. Do that.',
      code: 'FORBIDDEN',
      said: null,
      again: '/tools/c/oidc/login',
    });
    expect(errorViewOf(ERROR, REQUEST_FAILED)).toMatchObject({ title: 'Request failed', again: null });
  });

  it.each([
    ['where there is no provider', { ...ERROR, code: 'UNSUPPORTED_IN_AUTH_MODE' }, 'Login failed'],
    ['of what has a headline of its own', { ...ERROR, headline: 'Page not found' }, 'Page not found'],
  ])('offers no repetition %s', (_what, error, title) => {
    expect(errorViewOf(error, LOGIN)).toMatchObject({ title, again: null });
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
