import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';

const TEST_PROVIDER =
  'mutation ($input: TestOidcProviderInput!) { testOidcProvider(input: $input) { report { __typename } } }';
const MANY = 10_000;

describe('What does not fit a document', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it.each([
    ['entries of a list', { oidc: { extraRedirectParameters: Array<number>(MANY).fill(1) } }],
    ['fields of the entries', { oidc: { extraRedirectParameters: Array<object>(MANY).fill({}) } }],
    ['names', Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`oidd${index}`, 1]))],
  ])(
    'is told of in as few places as help, so that no answer is larger than its request: many wrong %s',
    async (_what, input) => {
      const answer = await app.ask(undefined, TEST_PROVIDER, { input });
      expect([answer.status, answer.code]).toEqual([400, 'BAD_USER_INPUT']);
      expect(answer.errors[0]?.extensions.fields).toHaveLength(20);
      expect(answer.text.length).toBeLessThan(10_000);
    },
  );

  it('is not quoted where it is the name of an operation that there is not', async () => {
    const body = JSON.stringify({ query: '{ __typename }', operationName: 'hunter2'.repeat(1000) });
    const answer = await app.post(undefined, body);
    expect([answer.status, answer.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(answer.text).not.toContain('hunter2');
  });
});
