import { describe, expect, it } from '@jest/globals';
import { refreshAnswerOf, silenceOf } from './refresh-answer.js';
import { ProviderUnavailable } from './provider.errors.js';

const answerOf = (status: number, body: unknown) =>
  refreshAnswerOf(status, typeof body === 'string' ? body : JSON.stringify(body));

describe(refreshAnswerOf, () => {
  it.each([
    [400, { error: 'invalid_grant' }],
    [403, { error: 'invalid_grant' }],
    [400, { error: 'invalid_request' }],
    [400, ''],
    [400, '<html>'],
  ])('takes %i with %j for a refusal of the grant', (status, body) => {
    expect(answerOf(status, body)).toEqual({ kind: 'REFUSED' });
  });

  it.each([
    [400, { error: 'invalid_client' }],
    [401, { error: 'invalid_client' }],
    [400, { error: 'unauthorized_client' }],
    [500, { error: 'invalid_client' }],
    [200, { error: 'invalid_client' }],
    [401, ''],
    [401, { error: 'invalid_request' }],
  ])('takes %i with %j for a rejected client, which says nothing about the grant', (status, body) => {
    expect(answerOf(status, body)).toEqual({ kind: 'CLIENT_REJECTED' });
  });

  it.each([
    [302, '', 'HTTP 302'],
    [404, { error: 'not_found' }, 'HTTP 404'],
    [429, '', 'HTTP 429'],
    [500, { error: 'invalid_grant' }, 'HTTP 500'],
    [503, { access_token: 'a' }, 'HTTP 503'],
    [200, '<html>', 'an answer without tokens'],
    [200, [], 'an answer without tokens'],
    [200, { error: 'server_error' }, 'an answer without tokens'],
    [200, { access_token: '', refresh_token: 'r' }, 'an answer without tokens'],
  ])('takes %i with %j for silence', (status, body, detail) => {
    expect(answerOf(status, body)).toEqual({ kind: 'SILENT', isUnreachable: false, detail });
  });

  it('reads tokens, and keeps what the provider does not send apart from what it sends', () => {
    const all = { id_token: 'i', access_token: 'a', refresh_token: 'r', expires_in: 300 };
    const tokens = { idToken: 'i', accessToken: 'a', refreshToken: 'r', expiresIn: 300 };
    expect(answerOf(200, all)).toEqual({ kind: 'TOKENS', tokens });
    const few = { idToken: null, accessToken: 'a', refreshToken: null, expiresIn: null };
    expect(answerOf(200, { access_token: 'a' })).toEqual({ kind: 'TOKENS', tokens: few });
  });

  it.each([
    ['3600', 3600],
    [' ', null],
    ['soon', null],
    [0, null],
    [-1, null],
    [null, null],
  ])('reads the lifetime %j as %j seconds', (expiresIn, seconds) => {
    expect(answerOf(200, { access_token: 'a', expires_in: expiresIn })).toMatchObject({
      tokens: { expiresIn: seconds },
    });
  });
});

describe(silenceOf, () => {
  it.each([
    ['ECONNREFUSED', true],
    ['ENOTFOUND', true],
    ['UND_ERR_CONNECT_TIMEOUT', true],
    ['timeout', false],
    ['HTTP 503', false],
  ])('tells of %s whether the provider was reached', (detail, isUnreachable) => {
    expect(silenceOf(new ProviderUnavailable(detail))).toEqual({ kind: 'SILENT', isUnreachable, detail });
  });
});
