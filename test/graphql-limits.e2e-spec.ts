import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { TestApp } from './support/app.js';
import { LOGIN, ME } from './support/documents.js';

const repeated = (count: number) => `{ ${'me { id username } '.repeat(count)} }`;

describe('GraphQL', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ NODE_ENV: 'production' })));
  afterAll(() => app.stop());

  it.each([
    [
      'too many levels',
      'query { group(id: "x") { ' + 'members { edges { node { groups { '.repeat(3) + 'name' + '}}}} '.repeat(3) + '} }',
    ],
    ['too many fields', `{ ${Array.from({ length: 400 }, (_, index) => `a${index}: me { id username }`).join(' ')} }`],
    [
      'too long an answer',
      '{ groups(first: 100) { edges { node { members(first: 100) { edges { node { id } } } } } } }',
    ],
    ['the same fields again and again', repeated(150)],
    // To say where an error is takes a look at each line before it, for each of the errors.
    ['too many lines', `${'\n'.repeat(5000)}{ me { id } }`],
    // Of few fields: nothing but the limit of words stops it.
    ['too many words', `{ group(id: [${'1 '.repeat(2000)}]) { name } }`],
  ])('refuses %s before anything is executed, whoever asks, and each time', async (_what, query) => {
    for (const asker of [undefined, app.admin]) {
      for (let time = 0; time < 3; time++) {
        const { status, code, data, errors } = await app.ask(asker, query);
        expect([status, code, data, errors.length]).toEqual([400, 'QUERY_TOO_COMPLEX', null, 1]);
        expect(errors[0]?.message).toMatch(/^The document asks for too much at once: .* Ask for less/);
      }
    }
  });

  it('refuses a document of many repetitions before it is validated, which would take seconds', async () => {
    const query = `{ group(wrong: 1) { ${'members { edges { node { unknown } } } '.repeat(200)} } }`;
    expect((await app.ask(undefined, query)).errors.map(({ extensions }) => extensions.code)).toEqual([
      'QUERY_TOO_COMPLEX',
    ]);
  });

  it('takes no batches, and only as many errors of a document as help', async () => {
    const batch = JSON.stringify([{ query: ME }, { query: ME }]);
    expect(await app.post(app.admin, batch)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', data: null });
    const unknown = `{ ${Array.from({ length: 300 }, (_, index) => `unknown${index}`).join(' ')} }`;
    expect((await app.ask(app.admin, unknown)).errors.length).toBeLessThanOrEqual(21);
  });

  it('tells its schema to nobody in production, and shows no page of its own', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ __schema { types { name } } }',
      '{ __type(name: "User") { name } }',
    ]) {
      expect(await app.ask(app.admin, query)).toMatchObject({
        status: 400,
        code: 'GRAPHQL_VALIDATION_FAILED',
        data: null,
      });
    }
    const page = await fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([page.status, (await page.text()).includes('<script')]).toEqual([405, false]);
    const explorer = await fetch(`${app.url}/graphiql`, { headers: { accept: 'application/json' } });
    expect(await explorer.text()).not.toMatch(/graphiql/i);
  });

  it('refuses a secret as a literal, and does not repeat it', async () => {
    const query = 'mutation { login(input: { username: "admin", password: "hunter2-Typed" }) { user { id } } }';
    const answer = await app.ask(undefined, query);
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', data: null });
    expect(answer.text).not.toContain('hunter2');
    const input = { username: 'admin', password: app.adminPassword };
    expect((await app.ask(undefined, LOGIN, { input })).code).toBeUndefined();
  });
});
