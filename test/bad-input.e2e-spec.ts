import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, LOGIN, ONBOARD, UPDATE_CONFIGURATION, VERIFY } from './support/documents.js';

const LONG = 'x'.repeat(100_000);

describe('Bad input', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('is refused for its syntax without being quoted', async () => {
    const answer = await app.ask(undefined, '{ me { id "hunter2-Secret" } }');
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
    expect(answer.text).not.toContain('hunter2');
    expect(answer.errors[0]).toHaveProperty('locations');
  });

  it('is refused for an unknown field, which it names', async () => {
    const answer = await app.ask(undefined, '{ nothing }');
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(answer.errors[0]?.message).toContain('nothing');
  });

  it('is refused where a secret stands in the document, and not quoted', async () => {
    const answer = await app.ask(
      undefined,
      'mutation { login(input: { username: "admin", password: "hunter2-Secret" }) { user { id } } }',
    );
    expect(answer.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(answer.errors[0]?.message).toContain('as a variable');
    expect(answer.text).not.toContain('hunter2');
  });

  it('is refused where a literal has the wrong type, and not quoted', async () => {
    const answer = await app.ask(undefined, '{ usernameAvailability(username: 4711) { available } }');
    expect(answer.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(answer.text).not.toContain('4711');
  });

  it.each([
    ['a number for a text', { input: { username: 4711, password: 'hunter2-Secret' } }, ['input', 'username']],
    ['an object for a secret', { input: { username: 'a', password: { hunter2: 'x' } } }, ['input', 'password']],
    ['a missing field', { input: { password: 'hunter2-Secret' } }, ['input', 'username']],
    ['an unknown field', { input: { username: 'a', password: 'hunter2-Secret', more: 1 } }, ['input']],
    ['a missing variable', {}, ['input']],
  ])(
    'is refused with the path of %s, without its value, also once the query is compiled',
    async (_what, variables, path) => {
      for (const _round of [1, 2, 3]) {
        const answer = await app.ask(undefined, LOGIN, variables);
        expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
        expect(answer.errors[0]?.extensions.fields.map((field: { path: string[] }) => field.path)).toEqual([path]);
        expect(answer.text).not.toMatch(/hunter2|4711/);
      }
    },
  );

  it('is refused with every path at once, however deep, also once the query is compiled', async () => {
    const oidc = { logout: 'hunter2', scope: 4711, extraRedirectParameters: [{ name: 'a' }, { name: 'b', value: 5 }] };
    const patch = { authMode: 'hunter2', oidc };
    for (const _round of [1, 2, 3, 4]) {
      const answer = await app.ask(app.admin, UPDATE_CONFIGURATION, { input: { revision: 1, patch } });
      expect(answer.errors).toHaveLength(1);
      const paths = answer.errors[0]?.extensions.fields.map(({ path }: { path: string[] }) => path.join('.'));
      const inOidc = ['extraRedirectParameters.0.value', 'extraRedirectParameters.1.value', 'logout', 'scope'];
      expect(paths).toEqual(['input.patch.authMode', ...inOidc.map((field) => `input.patch.oidc.${field}`)]);
      expect(answer.text).not.toMatch(/hunter2|4711/);
    }
  });

  it.each(['"hunter2"', 'hunter2', '4711', '{ a: "hunter2" }', '["hunter2"]'])(
    'is refused where a literal is no word of its enum, and not quoted: %s',
    async (literal) => {
      const document = `mutation { createServiceToken(input: { name: "a", role: ${literal} }) { token } }`;
      const answer = await app.ask(app.admin, document);
      expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
      expect(answer.text).not.toMatch(/hunter2|4711/);
    },
  );

  it.each(['foo', '2020-02-31T00:00:00Z', '2030-01-01', 1_700_000_000])(
    'is refused where a moment is %s',
    async (expiresAt) => {
      const answer = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'a', role: 'VERIFIER', expiresAt } });
      expect(answer.code).toBe('BAD_USER_INPUT');
    },
  );

  it.each([
    ['an empty name', { name: '', role: 'VERIFIER' }],
    ['a blank name', { name: ' ', role: 'VERIFIER' }],
    ['a name with a control character', { name: 'a\u0007', role: 'VERIFIER' }],
    ['a name too long', { name: 'x'.repeat(256), role: 'VERIFIER' }],
    ['a moment in the past', { name: 'a', role: 'VERIFIER', expiresAt: '2020-01-01T00:00:00Z' }],
  ])('is refused where a service token has %s', async (_what, input) => {
    const answer = await app.ask(app.admin, CREATE_TOKEN, { input });
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]?.extensions.fields[0].path[0]).toBe('input');
  });

  it.each([
    ['empty', '', ''],
    ['over-long', LONG, LONG],
    ['of control characters', '\u0000\u0001', '\u0000'],
    ['half a character', '\ud800', '\udfff'],
    ['of zeros in another alphabet', '٠٠٠', '٠٠٠'],
  ])('counts as a wrong password or secret when it is %s', async (_what, username, secret) => {
    expect((await app.ask(undefined, LOGIN, { input: { username, password: secret } })).code).toBe(
      'INVALID_CREDENTIALS',
    );
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'v', role: 'VERIFIER' } });
    const asker = { bearer: data.createServiceToken.token as string };
    expect((await app.ask(asker, VERIFY, { username, secret })).data.verifyCliSecret.status).toBe('AUTH_MODE_NOT_OIDC');
  });

  it('is refused when it is larger than anything that is needed', async () => {
    const answer = await app.ask(undefined, LOGIN, { input: { username: 'x'.repeat(1_000_000), password: 'x' } });
    expect(answer).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it.each([
    ['no JSON', 'hello', {}, 400],
    ['broken JSON', '{"query":', {}, 400],
    ['a list', '[]', {}, 400],
    ['null', 'null', {}, 400],
    ['nothing', '', {}, 400],
    ['no document', '{}', {}, 400],
    ['an empty document', '{"query":" "}', {}, 400],
    ['a number for the document', '{"query":1}', {}, 400],
    ['variables that are a list', '{"query":"{me{id}}","variables":[]}', {}, 400],
    ['a parsed document', JSON.stringify({ query: JSON.stringify(parse('{ me { id } }')) }), {}, 400],
    ['a key that changes prototypes', '{"query":"{me{id}}","__proto__":{"a":1}}', {}, 400],
    ['a form', 'query={me{id}}', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', '{"query":"{me{id}}"}', { 'content-type': 'text/plain' }, 415],
  ])('is refused when the body is %s', async (_what, body, headers, status) => {
    const answer = await app.post(undefined, body, headers);
    expect(answer.status).toBe(status);
    expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(answer.code);
  });

  it('has a minute to arrive: who dribbles holds a connection for no longer', () => {
    expect(app.nest.getHttpServer().requestTimeout).toBe(60_000);
  });

  it('is refused from pages of other origins, and taken from our own', async () => {
    const body = JSON.stringify({ query: '{ me { id } }' });
    expect(await app.post(undefined, body, { origin: 'https://evil.example.com' })).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    expect(await app.post(undefined, body, { origin: 'null' })).toMatchObject({ status: 403 });
    expect(await app.post(undefined, body, { origin: app.url })).toMatchObject({ status: 200 });
  });

  it('is refused when GraphQL is asked by GET', async () => {
    const page = await new Browser().fetch(`${app.url}/graphql?query={me{id}}`);
    expect(page.status).toBe(405);
  });

  it('is refused for what needs a login that this browser has not', async () => {
    expect((await app.ask(undefined, ONBOARD, { input: { username: 'lin' } })).code).toBe('UNSUPPORTED_IN_AUTH_MODE');
    expect((await app.ask(undefined, UPDATE_CONFIGURATION, { input: { revision: 1, patch: {} } })).code).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('at an unknown address gets a page or JSON, whichever was asked for', async () => {
    const page = await new Browser().fetch(`${app.url}/nowhere`);
    expect(page).toMatchObject({ status: 404 });
    expect(page.headers.get('content-type')).toContain('text/html');
    const json = await new Browser().fetch(`${app.url}/nowhere`, { headers: { accept: 'application/json' } });
    expect(JSON.parse(json.text)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
