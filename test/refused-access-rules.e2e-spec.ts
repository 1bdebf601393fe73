import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';

const UPDATE = 'mutation($input: UpdateAccessRuleInput!) { updateAccessRule(input: $input) { accessRule { id } } }';
const GROUPS = '{ groups(first: 10) { edges { node { name } } } }';

describe('A change of an access rule that is refused', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  it('leaves no group behind that only it named', async () => {
    const rule = { repositoryPattern: 'team/*', actions: ['PULL'], subjectKind: 'GROUP', groupName: 'ghost' };
    const refused = await app.ask(app.admin, UPDATE, { input: { accessRuleId: 'nope', rule } });
    expect(refused.code).toBe('NOT_FOUND');
    expect((await app.ask(app.admin, GROUPS)).data.groups.edges).toEqual([]);
  });
});
