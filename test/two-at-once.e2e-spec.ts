import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { Asker, TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CONFIGURATION, CREATE_TOKEN, ME, SESSIONS, USERS } from './support/documents.js';
import { createdId, LIN, RULE, ruleIdOf, startsStopped } from './support/mutation-subjects.js';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

const { startedApp, openedScenario } = startsStopped();

describe('Two of the same at once', () => {
  const both = async (app: TestApp, asker: Asker, mutation: string, input?: object) => {
    const field = schema.getMutationType()!.getFields()[mutation]!;
    const document = input
      ? `mutation Twice($input: ${String(field.args[0]!.type)}) { ${mutation}(input: $input) { __typename } }`
      : `mutation Twice { ${mutation} { __typename } }`;
    const answers = await Promise.all([1, 2].map(() => app.ask(asker, document, input ? { input } : {})));
    return answers.map(({ code }) => code ?? 'accepted').sort();
  };

  it('in DATABASE mode do the work once where it can be done once, and never harm each other', async () => {
    const app = await startedApp();
    const userId = await createdId(app);
    await app.configure({ selfRegistration: true });
    const [here, elsewhere] = [await app.loggedIn('lin', LIN.password), await app.loggedIn('lin', LIN.password)];
    const [{ id: sessionId }] = (await app.ask(here, SESSIONS)).data.sessions;
    const { revision } = (await app.ask(app.admin, CONFIGURATION)).data.configuration;
    const made = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    const twice = (mutation: string, input?: object, asker: Asker = app.admin) => both(app, asker, mutation, input);
    const account = (name: string) => ({ username: name, password: LIN.password, email: `${name}@example.org` });
    const done = ['accepted', 'accepted'];
    expect(await twice('createUser', { ...account('sam'), isAdmin: false })).toEqual(['USERNAME_TAKEN', 'accepted']);
    expect(await twice('register', account('ada'), undefined)).toEqual(['USERNAME_TAKEN', 'accepted']);
    expect(await twice('login', { username: 'sam', password: LIN.password }, new Browser())).toEqual(done);
    expect(await twice('updateConfiguration', { revision, patch: { oidcPrimary: true } })).toEqual([
      'CONFLICT',
      'accepted',
    ]);
    expect(await twice('createServiceToken', { name: 'same', role: 'VERIFIER' })).toEqual(done);
    const { id: serviceTokenId } = made.data.createServiceToken.serviceToken;
    expect(await twice('deleteServiceToken', { serviceTokenId })).toEqual(['NOT_FOUND', 'accepted']);
    const accessRuleId = await ruleIdOf(app);
    expect(await twice('updateAccessRule', { accessRuleId, rule: { ...RULE, actions: ['PUSH'] } })).toEqual(done);
    expect(await twice('deleteAccessRule', { accessRuleId })).toEqual(['NOT_FOUND', 'accepted']);
    expect(await twice('updateProfile', { realName: 'Lin' }, here)).toEqual(done);
    expect(await twice('endSession', { sessionId }, here)).toEqual(['NOT_FOUND', 'accepted']);
    expect((await app.ask(elsewhere, ME)).data.me).toBeNull();
    const passwords = { currentPassword: LIN.password, newPassword: 'Second-password-2' };
    expect(await twice('changePassword', passwords, here)).toEqual(['INVALID_CREDENTIALS', 'accepted']);
    expect(await twice('logout', undefined, here)).toEqual(done);
    for (const [mutation, input] of [
      ['resetPassword', { newPassword: 'Third-password-3' }],
      ['setUserAdmin', { isAdmin: true }],
      ['setUserDisabled', { isDisabled: true }],
    ] as const) {
      expect(await twice(mutation, { userId, ...input })).toEqual(done);
    }
    expect(await twice('deleteUser', { userId })).toEqual(['NOT_FOUND', 'accepted']);
  });

  it('in OIDC mode make one user, one secret, and a report each', async () => {
    const scenario = await openedScenario();
    const { app } = scenario;
    const lin = new Browser();
    await scenario.firstLogin(lin, 'lin');
    const onboarded = await both(app, lin, 'onboard', { username: 'lin' });
    expect(onboarded).toContain('accepted');
    expect(onboarded.filter((code) => !['accepted', 'ONBOARDING_EXPIRED'].includes(code))).toEqual([]);
    const { users } = (await app.ask(app.admin, USERS)).data;
    expect(users.totalCount).toBe(2);
    await scenario.login(lin, 'lin');
    const userId = (await app.ask(lin, ME)).data.me.id;
    const done = ['accepted', 'accepted'];
    expect(await both(app, lin, 'generateCliSecret')).toEqual(done);
    expect((await scenario.verify('lin', await scenario.secretOf(lin))).valid).toBe(true);
    expect(await both(app, lin, 'setCliSecret', { secret: 'Chosen-secret-1' })).toEqual(done);
    expect((await scenario.verify('lin', 'Chosen-secret-1')).valid).toBe(true);
    expect(await both(app, lin, 'revokeCliSecret')).toEqual(done);
    expect(await both(app, app.admin, 'revokeUserCliSecret', { userId })).toEqual(done);
    expect(await both(app, app.admin, 'testOidcProvider', {})).toEqual(done);
  });
});
