import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AccessRules } from '../src/registry/access-rules/access-rules.service.js';
import { UserGroup } from '../src/groups/user-group.entity.js';
import { Browser } from './support/browser.js';
import {
  AUDIT,
  AVAILABILITY,
  CREATE_RULE,
  DELETE_RULE,
  EXPLAIN,
  ONBOARD,
  RULES,
  SET_DISABLED,
  UPDATE_RULE,
} from './support/documents.js';
import { TestApp } from './support/app.js';
import { OidcScenario } from './support/oidc-scenario.js';

const TEAM = { repositoryPattern: 'team/**', actions: ['PUSH', 'PULL'], subjectKind: 'AUTHENTICATED' };

describe('Access rules', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    app = scenario.app;
  });
  afterEach(() => scenario.close());

  const make = (rule: object) => app.ask(app.admin, CREATE_RULE, { input: { rule } });
  const rules = async () =>
    (await app.ask(app.admin, RULES)).data.accessRules.edges.map(({ node }: { node: object }) => node);
  const idOf = async (browser: Browser) => (await app.ask(browser, '{ me { id } }')).data.me.id as string;
  const explain = async (username: string | null, repository: string, action = 'PULL') =>
    (await app.ask(app.admin, EXPLAIN, { username, repository, action })).data.explainAccess;

  it('are warned of where they let push and not pull, and saved all the same', async () => {
    const warningsOf = async (actions: string[]) =>
      (await make({ repositoryPattern: 'drop/**', actions, subjectKind: 'AUTHENTICATED' })).data.createAccessRule
        .warnings;
    expect(await warningsOf(['PUSH'])).toEqual([expect.stringContaining('need PULL')]);
    expect(await warningsOf(['PUSH', 'DELETE'])).toHaveLength(1);
    for (const actions of [['PULL', 'PUSH'], ['PULL'], ['DELETE']]) expect(await warningsOf(actions)).toEqual([]);
  });

  it('are made, changed, deleted and listed by administrators alone, and written to the audit log', async () => {
    const { accessRule } = (await make(TEAM)).data.createAccessRule;
    expect(accessRule).toMatchObject({ ...TEAM, actions: ['PULL', 'PUSH'], user: null, group: null });
    const changed = { repositoryPattern: 'team/*', actions: ['PULL'], subjectKind: 'ANYONE' };
    const input = { accessRuleId: accessRule.id, rule: changed };
    expect((await app.ask(app.admin, UPDATE_RULE, { input })).data.updateAccessRule.accessRule).toMatchObject(changed);
    expect(await rules()).toHaveLength(2);
    const gone = { input: { accessRuleId: accessRule.id } };
    expect((await app.ask(app.admin, DELETE_RULE, gone)).data.deleteAccessRule.accessRuleId).toBe(accessRule.id);
    for (const document of [DELETE_RULE, UPDATE_RULE]) {
      const again = await app.ask(app.admin, document, { input: document === DELETE_RULE ? gone.input : input });
      expect(again.code).toBe('NOT_FOUND');
    }
    expect(await rules()).toHaveLength(1);
    const { edges } = (await app.ask(app.admin, AUDIT, { filter: { targetId: accessRule.id } })).data.auditEvents;
    const written = edges.map(({ node }: { node: { action: string; outcome: string } }) => [node.action, node.outcome]);
    expect(written.reverse().slice(0, 3)).toEqual([
      ['access_rule.create', 'SUCCEEDED'],
      ['access_rule.update', 'SUCCEEDED'],
      ['access_rule.delete', 'SUCCEEDED'],
    ]);
    const sam = await scenario.onboarded('sam');
    expect((await app.ask(sam, CREATE_RULE, { input: { rule: TEAM } })).code).toBe('FORBIDDEN');
    expect((await app.ask(sam, RULES)).code).toBe('FORBIDDEN');
    expect((await app.ask(undefined, EXPLAIN, { repository: 'a', action: 'PULL' })).code).toBe('UNAUTHENTICATED');
  });

  it('say everything that is wrong with one at once', async () => {
    const bad = { repositoryPattern: 'team/../x', actions: ['PUSH'], subjectKind: 'ANYONE', groupName: 'crew' };
    const { errors } = await make(bad);
    expect(errors[0]?.extensions.fields.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'input.rule.repositoryPattern',
      'input.rule.actions',
      'input.rule.groupName',
    ]);
    expect((await make({ ...TEAM, subjectKind: 'USER' })).code).toBe('BAD_USER_INPUT');
    expect((await make({ ...TEAM, subjectKind: 'USER', userId: 'nobody' })).code).toBe('NOT_FOUND');
    expect((await make({ ...TEAM, subjectKind: 'GROUP', groupId: 'none' })).code).toBe('NOT_FOUND');
    expect((await make({ ...TEAM, subjectKind: 'GROUP', groupId: 'a', groupName: 'b' })).code).toBe('BAD_USER_INPUT');
    expect((await make({ ...TEAM, actions: [] })).code).toBe('BAD_USER_INPUT');
    expect(await rules()).toHaveLength(1);
  });

  it('reserve their first part as a user name, and say which existing names they touch', async () => {
    const lin = await scenario.onboarded('lin', 'team');
    expect((await make(TEAM)).data.createAccessRule.namesAffected).toEqual(['team']);
    expect((await make({ ...TEAM, repositoryPattern: '${username}/**' })).data.createAccessRule.namesAffected).toEqual([
      'admin',
      'team',
    ]);
    const forLin = { ...TEAM, repositoryPattern: 'p/${username}/*', subjectKind: 'USER', userId: await idOf(lin) };
    expect((await make(forLin)).data.createAccessRule.namesAffected).toEqual(['team']);
    await make({ ...TEAM, repositoryPattern: 'ops/**' });
    const availability = { username: 'OPS' };
    expect((await app.ask(app.admin, AVAILABILITY, availability)).data.usernameAvailability).toEqual({
      available: false,
      problem: 'RESERVED',
      suggestion: 'ops-2',
    });
    const sam = new Browser();
    await scenario.firstLogin(sam, 'sam');
    expect((await app.ask(sam, ONBOARD, { input: { username: 'ops' } })).errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: ['input', 'username'], code: 'RESERVED' }],
    });
  });

  it('explain what they decide, and why', async () => {
    const lin = await scenario.onboarded('lin');
    await make({ ...TEAM, repositoryPattern: 'cluster/*', actions: ['PULL'], subjectKind: 'GROUP', groupName: 'crew' });
    expect(await explain('lin', 'users/lin/app', 'DELETE')).toMatchObject({
      allowed: true,
      rule: { repositoryPattern: 'users/${username}/**' },
    });
    expect(await explain('LIN', 'cluster/app')).toMatchObject({ allowed: true, rule: { group: { name: 'crew' } } });
    expect(await explain('lin', 'cluster/app', 'PUSH')).toMatchObject({ allowed: false, rule: null });
    expect(await explain(null, 'cluster/app')).toMatchObject({ allowed: false, rule: null });
    expect(await explain('admin', 'cluster/app', 'DELETE')).toMatchObject({ allowed: true, rule: null });
    expect((await app.ask(app.admin, EXPLAIN, { username: 'ghost', repository: 'a', action: 'PULL' })).code).toBe(
      'NOT_FOUND',
    );
    expect((await app.ask(app.admin, EXPLAIN, { repository: '../a', action: 'PULL' })).code).toBe('BAD_USER_INPUT');
    await app.ask(app.admin, SET_DISABLED, { input: { userId: await idOf(lin), isDisabled: true } });
    expect(await explain('lin', 'users/lin/app')).toMatchObject({ allowed: false, reason: 'The account is disabled.' });
  });

  it('show the name of their group from the next start on, where an older release has left it without a row', async () => {
    await make({ ...TEAM, subjectKind: 'GROUP', groupName: 'crew' });
    await app.nest.get(DataSource).getRepository(UserGroup).delete({ name: 'crew' });
    expect(await rules()).toContainEqual(expect.objectContaining({ subjectKind: 'GROUP', group: null }));
    const missing = () => app.nest.get(AccessRules, { strict: false }).namesOfMissingGroups();
    expect(await missing()).toEqual(['crew']);
    const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL } = app;
    const next = await TestApp.start({ DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL });
    try {
      // A start reads the groups of those rules alone, so that it takes no longer with many rules.
      expect(await missing()).toEqual([]);
      const group = expect.objectContaining({ name: 'crew' });
      expect(await rules()).toContainEqual(expect.objectContaining({ subjectKind: 'GROUP', group }));
    } finally {
      await next.stop({ keepData: true });
    }
  });

  it('know a user by a repository name, or none where the name can not stand in one', async () => {
    const nameOf = async (browser: Browser) =>
      (await app.ask(browser, '{ me { repositoryName } }')).data.me.repositoryName;
    expect(await nameOf(await scenario.onboarded('lin', 'Lin'))).toBe('lin');
    expect(await nameOf(await scenario.onboarded('sam', 'sam@example.com'))).toBeNull();
  });
});
