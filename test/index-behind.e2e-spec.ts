import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MembershipIndexing } from '../src/groups/membership-indexing.service.js';
import { MembershipsService } from '../src/groups/memberships.service.js';
import { TestApp } from './support/app.js';
import { OidcScenario } from './support/oidc-scenario.js';

const GROUPS = '{ groups { edges { node { name memberCount members { edges { node { username } } } } } } }';
const ADMINS = '{ users(filter: { isAdmin: true }) { edges { node { username } } } }';
const OWN = '{ me { id groups { name } } }';

describe('The index of memberships', () => {
  let scenario: OidcScenario;
  let replica: TestApp | undefined;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 3600 });
  });
  afterEach(async () => {
    await replica?.stop({ keepData: true });
    replica = undefined;
    await scenario.close();
  });

  afterEach(() => void jest.restoreAllMocks());

  /** Starts a replica whose index has to be made again; that is held until `release` is called, except for one user. */
  const startHeld = async (unheldId?: string) => {
    const database = scenario.app.nest.get(DataSource);
    for (const table of ['memberships', 'group_indexings']) await database.query(`DELETE FROM ${table}`);
    let release = () => undefined as void;
    const held = new Promise<void>((done) => (release = done));
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to its own object
    const { index } = MembershipsService.prototype;
    jest.spyOn(MembershipsService.prototype, 'index').mockImplementation(async function (
      this: MembershipsService,
      ...of
    ) {
      if (of[0] !== unheldId) await held;
      return index.apply(this, of);
    });
    replica = await scenario.app.replica();
    return { replica, release };
  };

  it('is made again behind the start, and lists wait for it: they are right before, during and after', async () => {
    await scenario.onboarded('lin');
    await scenario.onboarded('sam');
    const before = await scenario.app.ask(scenario.app.admin, GROUPS);
    const admins = await scenario.app.ask(scenario.app.admin, ADMINS);
    const { replica: other, release } = await startHeld();
    expect((await fetch(`${other.url}/health/ready`)).status).toBe(200);
    const during = Promise.all([other.ask(other.admin, GROUPS), other.ask(other.admin, ADMINS)]);
    release();
    expect(await during).toEqual([before, admins]);
    await other.nest.get(MembershipIndexing).whole();
    expect(await other.ask(other.admin, GROUPS)).toEqual(before);
  });

  it('is not waited for by a user who looks at their own groups', async () => {
    const lin = await scenario.onboarded('lin');
    await scenario.onboarded('sam');
    const before = await scenario.app.ask(lin, OWN);
    const { replica: other, release } = await startHeld(before.data.me.id as string);
    expect(await other.ask(lin, OWN)).toEqual(before);
    release();
  });
});
