import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ReturningLogin } from '../src/oidc/login/returning-login.service.js';
import { Browser } from './support/browser.js';
import { AUDIT, AVAILABILITY, CREATE_RULE, CREATE_TOKEN, GENERATE, ME, ONBOARD, TOKENS } from './support/documents.js';
import { UPDATE_PROFILE, UPDATE_RULE, VERIFY } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

const PERSON = {
  ...{ subject: 'Subject-Of-Zaphodine', username: 'zaphodine', name: 'Zaphodine Beeblebrox' },
  ...{ email: 'Private.Address@example.com', groups: ['mooring-admins'] },
};
const SAM = { subject: 'sub-sam', username: 'sam', name: 'Sam Okoye', email: 'sam@example.com' };
/** Everything that tells of the person. */
const PERSONAL = /zaphod|beeblebrox|private\.address|subject-of|my own comment|personal-token/i;

describe('mooring users remove, beside a running server', () => {
  let scenario: OidcScenario;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ people: [PERSON, SAM], oidc: { adminGroup: 'mooring-admins' } });
  });
  afterEach(() => scenario.close());

  const remove = async (...args: readonly string[]) => {
    const { dataDir } = scenario.app.environment;
    return mooring(['users', 'remove', ...args], {
      variables: { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) },
    });
  };
  const ask: OidcScenario['app']['ask'] = (...request) => scenario.app.ask(...request);
  const tokenOf = async (browser: Browser, role: string, name: string) =>
    (await ask(browser, CREATE_TOKEN, { input: { name, role } })).data.createServiceToken.token as string;
  /** Every row of every table, as text. */
  const stored = async () => {
    const database = scenario.app.nest.get(DataSource);
    const tables = database.entityMetadatas.map(({ tableName }) => tableName);
    const rows = await Promise.all(tables.map((table) => database.query(`SELECT * FROM ${table}`)));
    return rows.flat().map((row) => JSON.stringify(row));
  };

  it('leaves nothing that tells of the person, and what they made for a registry stays valid', async () => {
    const browser = await scenario.onboarded('zaphodine');
    const sam = await scenario.onboarded('sam');
    const [secret, secretOfSam] = [await scenario.secretOf(browser), await scenario.secretOf(sam)];
    await ask(browser, UPDATE_PROFILE, { input: { comment: 'my own comment', realName: 'Zaphodine B.' } });
    const verifier = { bearer: await tokenOf(browser, 'VERIFIER', 'the registry') };
    const admin = { bearer: await tokenOf(browser, 'ADMIN', 'personal-token') };
    const { id } = (await ask(browser, ME)).data.me;
    const rule = { repositoryPattern: 'zaphodine/**', actions: ['PULL'], subjectKind: 'USER', userId: id };
    expect((await ask(admin, CREATE_RULE, { input: { rule } })).code).toBeUndefined();
    const passedOn = { repositoryPattern: 'ships/**', actions: ['PULL'], subjectKind: 'USER' };
    const input = { rule: { ...passedOn, userId: id } };
    const accessRuleId = (await ask(scenario.app.admin, CREATE_RULE, { input })).data.createAccessRule.accessRule.id;
    const toSam = { ...passedOn, userId: (await ask(sam, ME)).data.me.id };
    await ask(scenario.app.admin, UPDATE_RULE, { input: { accessRuleId, rule: toSam } });
    const ofSam = { username: 'sam', secret: secretOfSam };
    expect((await ask(verifier, VERIFY, { username: 'zaphodine', secret })).data.verifyCliSecret.valid).toBe(true);
    expect((await stored()).filter((row) => PERSONAL.test(row)).length).toBeGreaterThan(5);

    const { code, out } = await remove('Zaphodine', '--yes');
    expect({ code, out }).toEqual({ code: 0, out: '"zaphodine" was removed.\n' });

    expect((await stored()).filter((row) => PERSONAL.test(row) || row.includes(`"user_id":"${id}"`))).toEqual([]);
    expect((await ask(verifier, VERIFY, { username: 'zaphodine', secret })).data.verifyCliSecret.valid).toBe(false);
    expect((await ask(verifier, VERIFY, ofSam)).data.verifyCliSecret.valid).toBe(true);
    expect((await ask(admin, TOKENS)).code).toBe('INVALID_CREDENTIALS');
    expect((await ask(browser, ME)).data?.me ?? null).toBeNull();
    const { data } = await ask(scenario.app.admin, TOKENS, {});
    expect(data.serviceTokens.edges.map(({ node }: { node: object }) => node)).toContainEqual(
      expect.objectContaining({
        ...{ name: 'the registry', role: 'VERIFIER', inactiveReason: null },
        ...{ createdBy: null, createdByName: 'the installation' },
      }),
    );
  });

  it('keeps the events, without names and addresses, and adds one of the removal', async () => {
    const browser = await scenario.onboarded('zaphodine');
    const sam = await scenario.onboarded('sam');
    await ask(sam, GENERATE);
    const { id } = (await ask(browser, ME)).data.me;
    await remove('zaphodine', '--yes');
    const { data } = await ask(scenario.app.admin, AUDIT, { first: 50 });
    const events = data.auditEvents.edges.map(({ node }: { node: { actor: { id: string | null } } }) => node);
    expect(events[0]).toMatchObject({
      ...{ action: 'user.delete', outcome: 'SUCCEEDED', actor: { kind: 'SYSTEM', id: null } },
      target: { type: 'user', id, label: '(removed)' },
    });
    const theirs = events.filter(({ actor }: { actor: { id: string | null } }) => actor.id === id);
    expect(theirs.length).toBeGreaterThan(0);
    for (const event of theirs) expect(event).toMatchObject({ actor: { id, label: null }, remoteAddress: null });
    expect(events).toContainEqual(
      expect.objectContaining({
        action: 'cli_secret.generate',
        actor: { kind: 'USER', id: expect.any(String), label: 'sam' },
        remoteAddress: expect.any(String),
      }),
    );
  });

  it('gives the name to nobody else, nor to the same person again', async () => {
    await scenario.onboarded('zaphodine');
    await remove('zaphodine', '--yes');
    const [sam, again] = [new Browser(), new Browser()];
    await scenario.firstLogin(sam, 'sam');
    await scenario.firstLogin(again, 'zaphodine');
    for (const browser of [sam, again]) {
      const { data } = await ask(browser, AVAILABILITY, { username: 'ZAPHODINE' });
      expect(data.usernameAvailability).toMatchObject({ available: false, problem: 'TAKEN' });
      expect((await ask(browser, ONBOARD, { input: { username: 'Zaphodine' } })).code).toBe('USERNAME_TAKEN');
    }
    expect(await remove('zaphodine', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no user "zaphodine".'),
    });
  });

  it('tells a person who is removed in the middle of a login, and leaves nothing of the login', async () => {
    await scenario.onboarded('zaphodine');
    const browser = new Browser();
    const returning = scenario.app.nest.get(ReturningLogin, { strict: false });
    const enter = returning.enter.bind(returning);
    returning.enter = async (...login) => {
      await remove('zaphodine', '--yes');
      return enter(...login);
    };
    const page = await browser.fetch((await scenario.submitAndStopBeforeCallback(browser, 'zaphodine')).href);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('Your account was removed while you were')]);
    expect((await stored()).filter((row) => PERSONAL.test(row))).toEqual([]);
  });

  it('asks first, and refuses the built-in administrator and unknown names; nothing changes', async () => {
    const browser = await scenario.onboarded('sam');
    const unconfirmed = await remove('sam');
    expect(unconfirmed).toMatchObject({ code: 64, out: '', err: expect.stringContaining('--yes: is required where') });
    const builtIn = await remove('admin', '--yes');
    expect(builtIn).toMatchObject({ code: 1, err: expect.stringContaining('The built-in administrator cannot be') });
    const unknown = await remove('nobody', '--yes');
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('There is no user "nobody".') });
    expect((await ask(browser, ME)).data.me.username).toBe('sam');
    expect((await ask(scenario.app.admin, ME)).data.me.username).toBe('admin');
  });
});
