import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AccessRuleAdministration } from '../src/registry/access-rules/access-rule-administration.service.js';
import { CREATE_RULE, EXPLAIN, ME, RULES } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const [NFC, NFD] = ['Administrat\u00f6rer', 'Administrato\u0308rer'];
const person = { subject: 'sub-kim', username: 'kim', name: 'Kim', email: 'kim@example.com' };

describe('Group names, which are compared in NFC', () => {
  let scenario: OidcScenario;
  afterEach(() => scenario.close());

  describe.each([
    ['the provider in NFC', NFC],
    ['the provider in NFD', NFD],
  ])('told by %s', (_form, told) => {
    beforeEach(async () => {
      scenario = await OidcScenario.open({ people: [{ ...person, groups: [told] }] });
      await scenario.onboarded('kim');
    });

    const make = (groupName: string) => {
      const rule = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'GROUP', groupName };
      return scenario.app.ask(scenario.app.admin, CREATE_RULE, { input: { rule } });
    };
    const isAllowed = async () => {
      const asked = { username: 'kim', repository: 'team/app', action: 'PULL' };
      return (await scenario.app.ask(scenario.app.admin, EXPLAIN, asked)).data.explainAccess.allowed as boolean;
    };

    it('match access rules that name them in either form', async () => {
      expect(await isAllowed()).toBe(false);
      const { accessRule } = (await make(NFD)).data.createAccessRule;
      expect([accessRule.group.name, await isAllowed()]).toEqual([NFC, true]);
    });

    it('match an access rule that an older release stored in NFD', async () => {
      await make(NFC);
      const versions = 'version = version + 1';
      await scenario.app.nest
        .get(DataSource)
        .query(`UPDATE access_rules SET group_name = '${NFD}', ${versions} WHERE group_name IS NOT NULL`);
      const { edges } = (await scenario.app.ask(scenario.app.admin, RULES)).data.accessRules;
      const names = edges.map(({ node }: { node: { group: { name: string } | null } }) => node.group?.name);
      expect([names.includes(NFC), await isAllowed()]).toEqual([true, true]);
    });
  });

  it('are found by rules and groups that an older release stored in NFD, from the next start on', async () => {
    scenario = await OidcScenario.open({ people: [] });
    const { app } = scenario;
    const rule = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'GROUP', groupName: NFC };
    await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    const database = app.nest.get(DataSource);
    await database.query(`UPDATE access_rules SET group_name = '${NFD}' WHERE group_name IS NOT NULL`);
    await database.query(`UPDATE user_groups SET name = '${NFD}'`);
    const groups = async () => {
      const { edges } = (await app.ask(app.admin, RULES)).data.accessRules;
      return edges.flatMap(({ node }: { node: { group: { name: string } | null } }) => node.group?.name ?? []);
    };
    expect(await groups()).toEqual([]);
    await app.nest.get(AccessRuleAdministration, { strict: false }).onApplicationBootstrap();
    expect(await groups()).toEqual([NFC]);
  });

  it('are read from delimited text and from roles of Zitadel, client roles with dots and a JSON pointer', async () => {
    const claims = {
      teams: 'dev, admins',
      'urn:zitadel:iam:org:project:roles': { admins: { 2001: 'a.example' }, dev: { 2001: 'a.example' } },
      resource_access: { 'registry.example.com': { roles: ['admins', 'dev'] } },
      'https://x.example/teams': [{ name: 'admins' }, { name: 'dev' }],
      emails: ['kim@example.com'],
    };
    scenario = await OidcScenario.open({ people: [{ ...person, groups: [], claims }], oidc: { adminGroup: 'admins' } });
    const kim = await scenario.onboarded('kim');
    const after = async (oidc: object) => {
      expect((await scenario.configure({ oidc })).code).toBeUndefined();
      await scenario.login(kim, 'kim');
      const { me } = (await scenario.app.ask(kim, ME)).data;
      return [me.isAdmin, ...me.groups.map(({ name }: { name: string }) => name)];
    };
    expect(await after({ groupsClaim: 'groups' })).toEqual([false]);
    const names = ['urn:zitadel:iam:org:project:roles', 'resource_access.registry.example.com.roles'];
    for (const groupsClaim of [...names, 'https://x.example/teams', '/https:~1~1x.example~1teams']) {
      expect(await after({ groupsClaim })).toEqual([true, 'admins', 'dev']);
      expect(await after({ groupsClaim: 'groups' })).toEqual([false]);
    }
    expect(await after({ groupsClaim: 'teams', groupsSeparator: ',' })).toEqual([true, 'admins', 'dev']);
    const { code } = await scenario.configure({ oidc: { groupsClaim: '/a~b', userClaim: '/~' } });
    expect(code).toBe('BAD_USER_INPUT');
  });
});
