import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';

/** Names that every object of JavaScript has: legal in GraphQL, which knows nothing of them. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

describe('A name that every object has', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it.each(NAMES)('is answered where it is an alias: %s', async (name) => {
    for (let time = 0; time < 3; time++) {
      const { text } = await app.ask(app.admin, `{ ${name}: me { ${name}: username again: username } __typename }`);
      expect(text).toBe(`{"data":{"${name}":{"${name}":"admin","again":"admin"},"__typename":"Query"}}`);
    }
  });

  it.each(NAMES)('names an operation and a fragment: %s', async (name) => {
    const query = `query ${name} { me { ...${name} } } fragment ${name} on User { username }`;
    const { data } = await app.post(app.admin, JSON.stringify({ query, operationName: name }));
    expect(data).toEqual({ me: { username: 'admin' } });
  });

  it.each(NAMES)('is refused as a variable, sent or left out: %s', async (name) => {
    const query = `query($${name}: String) { users(filter: { search: $${name} }) { totalCount } }`;
    for (const variables of [{}, JSON.parse(`{"${name}":"a"}`) as object]) {
      const answer = await app.ask(app.admin, query, variables);
      expect([answer.status, answer.data]).toEqual([400, null]);
      expect(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']).toContain(answer.code);
    }
  });

  it.each(NAMES)('is no field, argument, directive or field of an input: %s', async (name) => {
    const documents = [
      `{ ${name} }`,
      `{ me { ${name} } }`,
      `{ me(${name}: 1) { id } }`,
      `{ me @${name} { id } }`,
      `{ users(filter: { ${name}: 1 }) { totalCount } }`,
      `{ users(filter: { kind: ${name} }) { totalCount } }`,
      `query($a: ${name}) { me { id } }`,
      `{ me { ... on ${name} { id } } }`,
    ];
    for (const query of documents) {
      expect(await app.ask(app.admin, query)).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    }
    const query = 'query($filter: UserFilter) { users(filter: $filter) { totalCount } }';
    const filter = JSON.parse(`{"${name}":1}`) as object;
    expect(await app.ask(app.admin, query, { filter })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});
