import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { SecretText } from '../../common/crypto/secret-text.js';
import { Asked, Handler, InspectedProvider, json } from '../../../test/support/inspected-provider.js';
import { credentialsResult } from './credentials-check.js';
import { InspectedSettings } from './provider-inspection.js';

const CASES = new URL('../../../test/cases/provider-test.json', import.meta.url);
const RIGHT = 'right client secret';
const MADE_UP = /^mooring-test-not-a-secret-\w{24}$/;

interface Row {
  readonly id: string;
  readonly code: string;
  readonly refresh: string;
  readonly wrongSecret: string;
  readonly expect: string;
}

const { tokenEndpoint } = JSON.parse(readFileSync(CASES, 'utf8')) as { tokenEndpoint: { cases: Row[] } };

/** More of the kinds that the table has. */
const MORE: Row[] = [
  {
    id: 'looks the refresh token up first',
    ...{ code: '400 invalid_grant', refresh: '400 invalid_grant' },
    wrongSecret: 'code: 401 invalid_client; refresh: 400 invalid_grant',
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'offers no refresh',
    ...{ code: '400 invalid_grant', refresh: '400 unsupported_grant_type' },
    wrongSecret: 'code: 400 invalid_client; refresh: 400 unsupported_grant_type',
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'has an error code of its own',
    ...{ code: '400 invalid_request', refresh: '400 invalid_request' },
    wrongSecret: '400 incorrect_client_credentials',
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'tells in sentences, all under 400',
    ...{ code: '400 {"error":"The code is not known"}', refresh: '400 {"error":"The token is not known"}' },
    wrongSecret: '400 {"error":"Unknown client or wrong secret"}',
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'has no words',
    ...{ code: '400', refresh: '400', wrongSecret: '401' },
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'answers everything alike, in sentences with a random value',
    ...{ code: '400 {"error":"Not possible (trace %)"}', refresh: '400 {"error":"Not possible (trace %)"}' },
    wrongSecret: '400 {"error":"Not possible (trace %)"}',
    expect: 'SKIPPED',
  },
  {
    id: 'refuses codes and tokens by sentences under 401',
    ...{ code: '401 {"error":"Invalid authorization code"}', refresh: '401 {"error":"Refresh token is invalid"}' },
    wrongSecret: '401 {"error":"Invalid client secret"}',
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'refuses codes and tokens by 401 and a code of its own',
    ...{ code: '401 invalid_code', refresh: '401 invalid_token', wrongSecret: '401 invalid_client' },
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'has error codes in camel case',
    ...{ code: '400 InvalidGrant', refresh: '400 InvalidGrant', wrongSecret: '400 InvalidClient' },
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'has error codes in capitals',
    ...{ code: '403 INVALID_GRANT', refresh: '403 INVALID_GRANT', wrongSecret: '403 BAD_CLIENT_CREDENTIALS' },
    expect: 'right PASSED, wrong FAILED',
  },
  {
    id: 'refuses a wrong secret by 401 access_denied',
    ...{ code: '403 invalid_grant', refresh: '403 invalid_grant', wrongSecret: '401 access_denied' },
    expect: 'right PASSED, wrong FAILED',
  },
  ...['400', '401'].map((status) => ({
    id: `answers everything alike by ${status}, in error codes with a random value`,
    ...{
      code: `${status} trace_%_of_code`,
      refresh: `${status} trace_%_of_token`,
      wrongSecret: `${status} trace_%_of_code`,
    },
    expect: 'SKIPPED',
  })),
  ...[
    '400 slow_down',
    '400 temporarily_unavailable',
    '400 server_error',
    '408',
    '425',
    '429 {"error":"Too many failed client requests"}',
    '503 {"error":"Client lookup failed"}',
  ].map((trouble) => ({
    id: `is in trouble at a wrong secret: ${trouble}`,
    ...{ code: '400 invalid_grant', refresh: '400 invalid_grant', wrongSecret: trouble, expect: 'SKIPPED' },
  })),
  ...[
    '400 slow_down',
    '408',
    '429 {"error":"Too many bad client requests"}',
    '500 {"error":"Client lookup failed"}',
  ].map((trouble) => ({
    id: `is in trouble at ours: ${trouble}`,
    ...{ code: trouble, refresh: trouble, wrongSecret: '400 invalid_grant', expect: 'SKIPPED' },
  })),
  ...[
    '{"error":"Invalid request of this client"}',
    '{"error":{"message":"Invalid client"}}',
    '{"errors":["client"]}',
  ].map((body) => ({
    id: `answers everything by 400 ${body}`,
    ...{ code: `400 ${body}`, refresh: `400 ${body}`, wrongSecret: `400 ${body}`, expect: 'SKIPPED' },
  })),
  ...['429', '500 server_error', '503', '404', '302', '200 {"access_token":"a"}'].map((all) => ({
    id: `answers everything by ${all}`,
    ...{ code: all, refresh: all, wrongSecret: all, expect: 'SKIPPED' },
  })),
  {
    id: 'answers a wrong secret by 429',
    ...{ code: '400 invalid_grant', refresh: '400 invalid_grant', wrongSecret: '429' },
    expect: 'SKIPPED',
  },
];

let trace = 0;

/** Answers as a cell of a row says: a status, and an error code or a body. */
function answerBy(cell: string): Handler {
  const [, status = '', rest = ''] = /^(\d+) ?(.*)$/.exec(cell) ?? [];
  const text = rest.replace('%', String(++trace));
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : text === '' ? {} : { error: text };
  return (_asked, response) => json(response, body, Number(status));
}

function secretIn({ headers: { authorization }, form }: Asked): string {
  if (authorization === undefined) return form.get('client_secret') ?? '';
  const [, secret = ''] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
  return decodeURIComponent(secret.replaceAll('+', ' '));
}

function questionIn({ form }: Asked): 'code' | 'refresh' {
  return form.get('grant_type') === 'refresh_token' ? 'refresh' : 'code';
}

/** The cell of a row for a question with a wrong secret; one that names no question is for both. */
function wrongCell({ wrongSecret }: Row, question: string): string {
  const ofOne = new RegExp(`${question}: ([^;]*)`).exec(wrongSecret);
  return ofOne?.[1] ?? wrongSecret;
}

describe(credentialsResult, () => {
  let provider: InspectedProvider;
  beforeEach(async () => (provider = await InspectedProvider.start()));
  afterEach(() => provider.stop());

  const play = (row: Row) =>
    provider.handlers.set('/token', (asked, response) => {
      const question = questionIn(asked);
      answerBy(secretIn(asked) === RIGHT ? row[question] : wrongCell(row, question))(asked, response);
    });
  const found = async (clientSecret = RIGHT) => {
    const { of, checks } = await provider.inspect({ clientSecret: new SecretText(clientSecret) });
    expect(JSON.stringify(checks)).not.toMatch(/client secret"|mooring-test-(?!not-registered)/);
    return of('CLIENT_CREDENTIALS');
  };
  const sent = () => provider.at('/token').map((asked) => [questionIn(asked), secretIn(asked)] as const);
  const wrongOnes = () => sent().filter(([, secret]) => MADE_UP.test(secret));

  it.each([...tokenEndpoint.cases, ...MORE].map((row) => [row.id, row] as const))('judges %s', async (_id, row) => {
    play(row);
    const isUndecided = row.expect.startsWith('SKIPPED');
    expect((await found()).status).toBe(isUndecided ? 'SKIPPED' : 'PASSED');
    expect(wrongOnes().length).toBeLessThanOrEqual(2);
    expect((await found('another secret')).status).toBe(isUndecided ? 'SKIPPED' : 'FAILED');
  });

  it('quotes neither the made-up token nor the secret where the provider sends them back', async () => {
    provider.handlers.set('/token', ({ form }, response) => {
      const [sent, secret] = [form.get('refresh_token') ?? form.get('code'), encodeURIComponent(RIGHT)];
      json(response, { error: `Unauthorized: ${sent}`, error_description: secret }, 401);
    });
    const { of, checks } = await provider.inspect({ clientSecret: new SecretText(RIGHT) });
    expect(of('CLIENT_CREDENTIALS').status).toBe('FAILED');
    expect(JSON.stringify(checks)).not.toMatch(/mooring-test-[A-Za-z0-9]{8}|right%20client/);
  });

  it('asks about a refresh token, then about a code, and a wrong secret only until it is known', async () => {
    play(tokenEndpoint.cases[0]!);
    await found();
    expect(sent()).toEqual([
      ['refresh', RIGHT],
      ['code', RIGHT],
      ['refresh', expect.stringMatching(MADE_UP)],
    ]);
  });

  it('stops where both methods of authentication are refused', async () => {
    play(tokenEndpoint.cases[0]!);
    const { detail, remedy } = await found('another secret');
    expect(sent()).toEqual([
      ['refresh', 'another secret'],
      ['refresh', 'another secret'],
    ]);
    expect(detail).toMatch(/client_secret_basic \(unauthorized_client\), and client_secret_post/);
    expect(remedy).toContain('Compare client id and secret');
  });

  it('is not failed by a document that lists other methods only, where the client is accepted', async () => {
    play(tokenEndpoint.cases[0]!);
    provider.document = { token_endpoint_auth_methods_supported: ['tls_client_auth'] };
    expect((await found()).status).toBe('PASSED');
    expect((await found('another secret')).detail).toContain("no method of Mooring's is offered");
  });

  it('says that nobody answers, and then sends no wrong secret', async () => {
    provider.handlers.set('/token', (_asked, response) => void response.destroy());
    const { status, detail } = await found();
    expect([status, detail]).toEqual(['SKIPPED', expect.stringContaining('No usable answer')]);
    expect(wrongOnes()).toEqual([]);
  });

  describe('with a chosen client authentication', () => {
    const sentBy = ({ headers: { authorization }, form }: Asked) => {
      if (authorization !== undefined) return 'client_secret_basic';
      return form.has('client_secret') ? 'client_secret_post' : 'none';
    };
    const methods = () => provider.at('/token').map(sentBy);
    const takes = (method: string) =>
      provider.handlers.set('/token', (asked, response) => {
        const isOurs = asked.form.get('client_id') === 'mooring' || asked.headers.authorization !== undefined;
        const isRight = sentBy(asked) === method && isOurs && ['', RIGHT].includes(secretIn(asked));
        json(response, { error: isRight ? 'invalid_grant' : 'invalid_client' }, isRight ? 400 : 401);
      });
    const chosen = async (clientAuthentication: InspectedSettings['clientAuthentication'], secret: string | null) => {
      const clientSecret = secret === null ? null : new SecretText(secret);
      return (await provider.inspect({ clientAuthentication, clientSecret })).of('CLIENT_CREDENTIALS');
    };

    it('accepts a public client, and compares it with one that is not registered', async () => {
      takes('none');
      expect(await chosen('none', null)).toMatchObject({
        status: 'PASSED',
        detail: expect.stringContaining('an unknown client id'),
      });
      expect(methods()).toEqual(['none', 'none', 'none']);
    });

    it('says which method was refused and which is taken', async () => {
      takes('client_secret_post');
      const { status, detail, remedy } = await chosen('client_secret_basic', RIGHT);
      expect([status, remedy]).toEqual(['FAILED', expect.stringContaining('automatic or client_secret_post')]);
      expect(detail).toContain('client_secret_basic (invalid_client). It takes client_secret_post');
      expect((await chosen('none', RIGHT)).detail).toContain('none (invalid_client)');
      expect((await chosen('client_secret_post', RIGHT)).status).toBe('PASSED');
    });

    it('sends no secret that is not there', async () => {
      takes('client_secret_post');
      expect(await chosen('none', null)).toMatchObject({
        status: 'FAILED',
        remedy: expect.stringContaining('a public client'),
      });
      expect(methods()).toEqual(['none']);
      expect((await chosen('client_secret_post', null)).detail).toContain('secret is not set');
    });
  });
});
