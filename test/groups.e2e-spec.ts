import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { UserGroup } from '../src/groups/user-group.entity.js';
import { Browser } from './support/browser.js';
import { ME } from './support/documents.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';

describe('Groups', () => {
  let scenario: OidcScenario;
  afterEach(() => scenario.close());

  async function groupsOf(changes: ProviderChanges, login: string): Promise<string[]> {
    scenario = await OidcScenario.open(changes);
    return groupsIn(await scenario.onboarded(login));
  }
  async function groupsIn(browser: Browser): Promise<string[]> {
    const { me } = (await scenario.app.ask(browser, ME)).data;
    return me.groups.map(({ name }: { name: string }) => name);
  }

  it('come from a list in the claim', async () => {
    expect(await groupsOf({}, 'lin')).toEqual(['crew', 'mooring-admins']);
  });

  it('come from a single text in the claim', async () => {
    expect(await groupsOf({}, 'sam')).toEqual(['crew']);
  });

  it('are none where the claim is absent', async () => {
    expect(await groupsOf({}, 'ada')).toEqual([]);
  });

  it('come from userinfo where the ID token has none', async () => {
    expect(await groupsOf({ claimsInIdToken: false }, 'lin')).toEqual(['crew', 'mooring-admins']);
  });

  it('come from a path of claims', async () => {
    const person = { subject: 'sub-kim', username: 'kim', name: 'Kim', email: 'kim@example.com' };
    const people = [{ ...person, claims: { realm_access: { roles: ['pilots'] } } }];
    expect(await groupsOf({ people, oidc: { groupsClaim: 'realm_access.roles' } }, 'kim')).toEqual(['pilots']);
  });

  it('are none where no claim is configured', async () => {
    expect(await groupsOf({ oidc: { groupsClaim: null } }, 'lin')).toEqual([]);
  });

  it('are kept while the provider does not tell, and emptied when it tells that there are none', async () => {
    await groupsOf({}, 'lin');
    const lin = scenario.provider.people[0]!;
    const again = async () => {
      const browser = new Browser();
      await scenario.login(browser, 'lin');
      return groupsIn(browser);
    };
    lin.groups = undefined;
    expect(await again()).toEqual(['crew', 'mooring-admins']);
    lin.groups = [];
    expect(await again()).toEqual([]);
  });

  it('are written down anew only where the provider names others', async () => {
    await groupsOf({}, 'lin');
    const statements = jest.spyOn(scenario.app.nest.get(DataSource).logger, 'logQuery');
    const writesAtLogin = async () => {
      statements.mockClear();
      await scenario.login(new Browser(), 'lin');
      return statements.mock.calls.filter(([sql]) => /^(\/\* .* \*\/ )?(INSERT|DELETE)\b.*\bmemberships\b/.test(sql))
        .length;
    };
    expect(await writesAtLogin()).toBe(0);
    scenario.provider.people[0]!.groups = ['bridge'];
    expect(await writesAtLogin()).toBe(2);
  });

  it('are not looked up anew by a refresh where the provider names the same, and follow it where it names others', async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 600, oidc: { recheckMinutes: 1 } });
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const statements = jest.spyOn(scenario.app.nest.get(DataSource).logger, 'logQuery');
    const lookUpsAtRefresh = async () => {
      statements.mockClear();
      scenario.app.clock.advance(61);
      expect((await scenario.verify('lin', secret)).status).toBe('VALID');
      return statements.mock.calls.filter(([sql]) => /^SELECT\b.*\bmemberships\b/.test(sql)).length;
    };
    expect(await lookUpsAtRefresh()).toBe(0);
    expect(await groupsIn(lin)).toEqual(['crew', 'mooring-admins']);
    scenario.provider.people[0]!.groups = ['bridge'];
    expect(await lookUpsAtRefresh()).toBe(1);
    expect(await groupsIn(lin)).toEqual(['bridge']);
    expect(await lookUpsAtRefresh()).toBe(0);
    expect(await groupsIn(lin)).toEqual(['bridge']);
  });

  it('have a row from the login on, also where the filter leaves them out, and no query inserts one', async () => {
    scenario = await OidcScenario.open({ oidc: { groupFilter: '^crew$' } });
    const lin = await scenario.onboarded('lin');
    const database = scenario.app.nest.get(DataSource);
    const rows = await database.getRepository(UserGroup).find({ order: { name: 'ASC' } });
    expect(rows.map(({ name }) => name)).toEqual(['crew', 'mooring-admins']);
    await database.getRepository(UserGroup).delete({ name: 'crew' });
    const statements = jest.spyOn(database.logger, 'logQuery');
    expect(await groupsIn(lin)).toEqual([]);
    expect(statements.mock.calls.filter(([sql]) => /\b(INSERT|UPDATE)\b.*\buser_groups\b/.test(sql))).toEqual([]);
  });
});
