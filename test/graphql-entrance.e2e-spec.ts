import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { TestApp } from './support/app.js';
import { RawRequest, sendRaw } from './support/raw-request.js';

const ME = '{ me { username } }';
const JSON_TYPE = 'application/json';
const TREE = JSON.stringify(parse('{ usernameAvailability(username: "lin") { available } }'));

describe('The entrance of GraphQL', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const ask = (target: string, { headers, ...request }: Partial<RawRequest> = {}) =>
    sendRaw(app.url, {
      target,
      body: JSON.stringify({ query: ME }),
      ...request,
      headers: { 'content-type': JSON_TYPE, ...headers },
    });
  const answerOf = async (target: string, request: Partial<RawRequest>) => {
    const { status, headers, body } = await ask(target, request);
    const { data, errors } = JSON.parse(body) as { data: unknown; errors: { extensions: { code: string } }[] };
    return { status, data, code: errors[0]?.extensions.code, caching: headers['cache-control'] };
  };
  const refusal = (status: number, code = 'BAD_USER_INPUT') => ({ status, data: null, code, caching: 'no-store' });

  // RFC 9112, section 3.2.2, and RFC 3986, section 6.2.2.2: all of these name the same resource.
  describe.each([
    '/graphql',
    '/graphql?a=b',
    '/%67raphql',
    '/graph%71l',
    '/%67%72%61%70%68%71%6c?a=b',
    'http://localhost/graphql',
    'http://elsewhere.example/graph%71l',
  ])('spelled %s', (target) => {
    it('takes a document', async () => {
      const { status, headers, body } = await ask(target);
      expect([status, JSON.parse(body), headers['cache-control']]).toEqual([200, { data: { me: null } }, 'no-store']);
    });

    it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
      const separator = target.includes('?') ? '&' : '?';
      const withDocument = `${target}${separator}query=${encodeURIComponent(ME)}`;
      expect(await answerOf(withDocument, { method })).toEqual(refusal(405));
      expect((await ask(target, { method })).headers.allow).toBe('POST');
    });

    it('refuses HEAD, without a body', async () => {
      const { status, body } = await ask(target, { method: 'HEAD', body: '' });
      expect([status, body]).toEqual([405, '']);
    });

    it.each([
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/graphql',
      'multipart/form-data; boundary=a',
    ])('refuses %s', async (type) => {
      const request = { headers: { 'content-type': type } };
      expect(await answerOf(target, request)).toEqual(refusal(415));
    });

    it.each(['https://evil.example', 'null', 'http://localhost'])('refuses a page of %s', async (origin) => {
      expect(await answerOf(target, { headers: { origin } })).toEqual(refusal(403, 'FORBIDDEN'));
    });

    it('refuses what is no GraphQL request', async () => {
      for (const body of ['[]', 'null', '"a"', '{}', '{"query":1}', JSON.stringify([{ query: ME }])]) {
        expect(await answerOf(target, { body })).toEqual(refusal(400));
      }
    });

    it('takes no syntax tree for a document, however it is wrapped', async () => {
      for (const before of ['', ' ', '\n', ',', '\ufeff', '#\n', '# {\n']) {
        const { status, data, code } = await answerOf(target, { body: JSON.stringify({ query: before + TREE }) });
        expect([status, data]).toEqual([400, null]);
        expect(['BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED']).toContain(code);
      }
      const { status, data } = await answerOf(target, { body: `{"query":${TREE}}` });
      expect([status, data]).toEqual([400, null]);
    });
  });

  it.each([
    '/graphql/',
    '/GRAPHQL',
    '//graphql',
    '/graphql%2f',
    '/graphql;a',
    '/a/../graphql',
    '/%2567raphql',
    '/graphiql',
  ])('is not at %s', async (target) => {
    const { status, headers } = await ask(target, { headers: { accept: JSON_TYPE } });
    expect(status).toBe(404);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    ['an operation name that is no text', { operationName: 1 }],
    ['an operation name that is an object', { operationName: {} }],
    ['variables that are a list', { variables: [] }],
    ['variables that are a text', { variables: '{}' }],
  ])('refuses %s', async (_what, more) => {
    const body = JSON.stringify({ query: ME, ...more });
    expect(await answerOf('/graphql', { body })).toEqual(refusal(400));
  });

  it('takes null for the operation name and the variables, and extensions that it does not know', async () => {
    const body = JSON.stringify({ query: ME, operationName: null, variables: null, extensions: { a: 1 } });
    expect((await ask('/graphql', { body })).status).toBe(200);
  });

  it('works only on the operation that is named, whichever of the document was asked for before', async () => {
    const query = `query Look { configuration { revision } }
      mutation Grant { createServiceToken(input: { name: "granted", role: ADMIN }) { token } }`;
    const named = (operationName?: string) => JSON.stringify({ query, operationName });
    for (let time = 0; time < 3; time++) {
      expect((await app.post(undefined, named('Grant'))).code).toBe('UNAUTHENTICATED');
    }
    for (let time = 0; time < 3; time++) {
      expect(Object.keys((await app.post(app.admin, named('Look'))).data as object)).toEqual(['configuration']);
    }
    for (const name of [undefined, '', 'Other', 'Look\n', '__proto__', 'constructor']) {
      expect(await app.post(app.admin, named(name))).toMatchObject({ status: 400, data: null });
    }
    const { data } = await app.ask(app.admin, '{ serviceTokens { totalCount } }');
    expect(data.serviceTokens.totalCount).toBe(0);
  });
});
