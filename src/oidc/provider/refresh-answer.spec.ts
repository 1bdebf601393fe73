import { describe, expect, it } from '@jest/globals';
import { RefreshAnswer, refreshAnswerOf, silenceOf } from './refresh-answer.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

type Kind = RefreshAnswer['kind'];

const STATUSES = [
  ...[200, 201, 204, 301, 302, 307],
  ...[400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 415, 418, 421, 422, 425, 429, 451, 499],
  ...[500, 501, 502, 503, 504, 520, 599],
];
/** Each class of errors, by the number of its row in the law; 5: every other text. */
const ERRORS: readonly (readonly [string, 1 | 2 | 3 | 5])[] = [
  ['invalid_grant', 1],
  ['temporarily_unavailable', 2],
  ['server_error', 2],
  ['slow_down', 2],
  ['invalid_client', 3],
  ['unsupported_grant_type', 3],
  ['invalid_scope', 3],
  ['invalid_target', 3],
  ['unauthorized_client', 5],
  ['invalid_request', 5],
  ['access_denied', 5],
  ['interaction_required', 5],
  ['Refresh token is invalid or expired', 5],
  ["You're not allowed to access this service", 5],
];
const WITH_ERROR: Readonly<Record<string, (error: string) => string>> = {
  'the error alone': (error) => JSON.stringify({ error }),
  'a description beside it': (error) => JSON.stringify({ error, error_description: 'invalid_grant' }),
  'tokens beside it': (error) => JSON.stringify({ error, access_token: 'a', refresh_token: 'r' }),
  'spaces around it': (error) => `\n ${JSON.stringify({ error })} \n`,
};
const WITHOUT_ERROR: Readonly<Record<string, string>> = {
  'a page': '<!doctype html><p>invalid_grant</p>',
  'a text': 'invalid_grant',
  'a JSON text': '"invalid_grant"',
  'a list': '[{"error":"invalid_grant"}]',
  'an object without error': '{"message":"invalid_grant"}',
  'an error of null': '{"error":null}',
  'an empty error': '{"error":""}',
  null: 'null',
  'half an object': '{"error":"invalid_grant"',
};
const TOKENS = JSON.stringify({ access_token: 'a' });

/** The law in other words, so that it is not compared with itself. */
const expectedOf = (status: number, row: 1 | 2 | 3 | 5): Kind => {
  const family = Math.floor(status / 100);
  const isRefusal = family === 4 || status === 200;
  if (row === 1 && isRefusal) return 'REFUSED';
  if (row === 2) return 'SILENT';
  if (row === 3 || status === 401) return 'CLIENT_REJECTED';
  if (!isRefusal || [404, 408, 425, 429].includes(status)) return 'SILENT';
  return 'UNCLEAR';
};

describe(refreshAnswerOf, () => {
  it.each(STATUSES)('takes %i for what the law says, whatever the error and the form of the body', (status) => {
    for (const [error, row] of ERRORS) {
      for (const [form, bodyOf] of Object.entries(WITH_ERROR)) {
        const { kind } = refreshAnswerOf(status, bodyOf(error));
        expect([error, form, kind]).toEqual([error, form, expectedOf(status, row)]);
      }
    }
  });

  it.each(STATUSES)('takes %i for silence where the body says no error, unless it is a 401', (status) => {
    for (const [form, body] of Object.entries(WITHOUT_ERROR)) {
      const { kind } = refreshAnswerOf(status, body);
      expect([form, kind]).toEqual([form, status === 401 ? 'CLIENT_REJECTED' : 'SILENT']);
    }
  });

  it.each(STATUSES)('takes %i without a body for unclear only where a refusal may have no body', (status) => {
    const isOtherRefusal = status >= 400 && status < 500 && ![401, 404, 408, 425, 429].includes(status);
    const expected = status === 401 ? 'CLIENT_REJECTED' : isOtherRefusal ? 'UNCLEAR' : 'SILENT';
    expect([refreshAnswerOf(status, ''), refreshAnswerOf(status, ' \r\n')].map(({ kind }) => kind)).toEqual([
      expected,
      expected,
    ]);
  });

  it.each(STATUSES.filter((status) => status !== 200 && status !== 401))('takes tokens under %i for none', (status) => {
    expect(refreshAnswerOf(status, TOKENS).kind).toBe('SILENT');
  });

  it('takes an error that is no text for a refusal that says nothing clear', () => {
    expect(refreshAnswerOf(400, '{"error":{"code":400}}').kind).toBe('UNCLEAR');
    expect(refreshAnswerOf(200, '{"error":{"code":400},"access_token":"a"}').kind).toBe('UNCLEAR');
    expect(refreshAnswerOf(503, '{"error":{"code":503}}').kind).toBe('SILENT');
  });

  it.each([
    [500, '{"error":"server_error"}', { hasAnswered: true, isServerError: true, detail: 'HTTP 500' }],
    [429, '', { hasAnswered: true, isServerError: false, detail: 'HTTP 429' }],
    [200, '<html>', { hasAnswered: true, isServerError: false, detail: 'an answer without tokens' }],
    [200, '{"access_token":""}', { hasAnswered: true, detail: 'an answer without tokens' }],
  ])('says of the silence in %i with %j that there was an answer', (status, body, silence) => {
    expect(refreshAnswerOf(status, body)).toMatchObject({ kind: 'SILENT', isUnreachable: false, ...silence });
  });

  it('takes a refresh token alone, which may have replaced the one that was sent', () => {
    const tokens = { idToken: null, accessToken: null, refreshToken: 'r2', expiresIn: null };
    expect(refreshAnswerOf(200, '{"access_token":null,"refresh_token":"r2"}')).toEqual({ kind: 'TOKENS', tokens });
  });

  it('reads tokens, and keeps what the provider does not send apart from what it sends', () => {
    const all = { id_token: 'i', access_token: 'a', refresh_token: 'r', expires_in: 300 };
    const tokens = { idToken: 'i', accessToken: 'a', refreshToken: 'r', expiresIn: 300 };
    expect(refreshAnswerOf(200, JSON.stringify(all))).toEqual({ kind: 'TOKENS', tokens });
    const few = { idToken: null, accessToken: 'a', refreshToken: null, expiresIn: null };
    expect(refreshAnswerOf(200, TOKENS)).toEqual({ kind: 'TOKENS', tokens: few });
    expect(refreshAnswerOf(200, '{"access_token":"a","error":null}')).toEqual({ kind: 'TOKENS', tokens: few });
  });

  it.each([
    ['3600', 3600],
    [' ', null],
    ['soon', null],
    [0, null],
    [-1, null],
    [null, null],
  ])('reads the lifetime %j as %j seconds', (expiresIn, seconds) => {
    expect(refreshAnswerOf(200, JSON.stringify({ access_token: 'a', expires_in: expiresIn }))).toMatchObject({
      tokens: { expiresIn: seconds },
    });
  });
});

describe(silenceOf, () => {
  it.each([
    [new ProviderUnavailable('ECONNREFUSED'), true, false],
    [new ProviderUnavailable('ENOTFOUND'), true, false],
    [new ProviderUnavailable('UND_ERR_CONNECT_TIMEOUT'), true, false],
    [new ProviderUnavailable('timeout'), false, false],
    [new ProviderError('A redirect.', 'HTTP 302'), false, true],
    [new ProviderError('Too long.', 'more than 1000000 bytes'), false, true],
    [new ProviderError('Not trusted.', 'CERT_HAS_EXPIRED'), false, false],
  ])('tells of %s whether the provider was reached, and whether it answered', (failure, isUnreachable, hasAnswered) => {
    expect(silenceOf(failure)).toMatchObject({ kind: 'SILENT', isUnreachable, hasAnswered, isServerError: false });
  });
});
