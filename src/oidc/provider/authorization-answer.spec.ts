import { describe, expect, it } from '@jest/globals';
import { AuthorizationResponseError } from 'openid-client';
import { authorizationRefusal } from './authorization-answer.js';

const SCOPES = ['openid', 'profile', 'email', 'offline_access', 'https://registry.example/groups'];

const refusalOf = (error: string, description?: string, scopes = SCOPES) => {
  const cause = new URLSearchParams({ error, ...(description !== undefined && { error_description: description }) });
  return authorizationRefusal(new AuthorizationResponseError('', { cause }), scopes)!;
};

describe('An error that the provider sends the browser back with', () => {
  it.each([
    ['access_denied', 403, 'LOGIN_DENIED', 'cancelled'],
    ['invalid_scope', 502, 'PROVIDER_ERROR', 'scope'],
    ['unauthorized_client', 502, 'PROVIDER_ERROR', 'as a client'],
    ['invalid_client', 502, 'PROVIDER_ERROR', 'as a client'],
    ['temporarily_unavailable', 503, 'PROVIDER_UNAVAILABLE', 'at the moment'],
    ['server_error', 503, 'PROVIDER_UNAVAILABLE', 'at the moment'],
    ['authentication_expired', 503, 'PROVIDER_UNAVAILABLE', 'too long'],
    ['invalid_request', 502, 'PROVIDER_ERROR', 'ended the login'],
    ['unsupported_response_type', 502, 'PROVIDER_ERROR', 'ended the login'],
    ['login_required', 502, 'PROVIDER_ERROR', 'ended the login'],
    ['no such code', 502, 'PROVIDER_ERROR', 'ended the login'],
  ])('is told for what it is: %s', (error, status, code, text) => {
    const refusal = refusalOf(error, 'In their words.');
    expect(refusal).toMatchObject({ status, code, message: expect.stringContaining(text) });
    expect(refusal.extensions).toEqual({ providerError: error, providerErrorDescription: 'In their words.' });
    expect(refusal.auditedDetail).toBe(`${error}; the provider says: "In their words."`);
    expect(refusal.message).not.toContain('In their words');
  });

  it.each([
    ['offline_access is not allowed', 'the scope `offline_access`'],
    ["Invalid scopes: 'offline_access' (email is fine?)", 'the scope `email`, `offline_access`'],
    ['The client may not request offline_access.', 'the scope `offline_access`'],
    ['unknown scope https://registry.example/groups.', 'the scope `https://registry.example/groups`'],
    ['offline_access_x, xprofile, email.x', 'one of the scopes `profile`, `email`'],
    [undefined, 'one of the scopes `profile`, `email`, `offline_access`'],
    ['<script>', 'one of the scopes'],
  ])('names the scope to take out: %j', (description, named) => {
    expect(refusalOf('invalid_scope', description).message).toContain(named);
  });

  it('names openid where nothing else was asked for', () => {
    expect(refusalOf('invalid_scope', undefined, ['openid']).message).toContain('the scope `openid`.');
  });

  it.each([
    ['a\nb\u0000\u202ec\u2028d', 'a b c d'],
    ['\u200b \t', null],
    ['日本語 😀', '日本語 😀'],
    ['x'.repeat(5000), `${'x'.repeat(299)}…`],
    ['😀'.repeat(5000), `${'😀'.repeat(299)}…`],
    ['\ud800', '\ufffd'],
  ])('has its words bounded and visible: %j', (description, shown) => {
    const { extensions, auditedDetail } = refusalOf('x'.repeat(5000), description);
    expect(extensions).toEqual({ providerError: `${'x'.repeat(63)}…`, providerErrorDescription: shown });
    expect(Array.from(auditedDetail!).length).toBeLessThanOrEqual(255);
  });

  it('is no other failure', () => {
    expect(authorizationRefusal(new Error('other'), SCOPES)).toBeUndefined();
  });
});
