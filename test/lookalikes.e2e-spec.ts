import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { AVAILABILITY, CREATE_USER } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const PASSWORD = 'First-password-1';
const PAYPAL_IN_CYRILLIC = '\u0440\u0430\u0443\u0440\u0430\u04cf';

describe('A name that is drawn like another', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  const create = (username: string, email: string) =>
    app.ask(app.admin, CREATE_USER, { input: { username, email, password: PASSWORD } });

  it('is refused beside it, with the reason at its field and another name to take', async () => {
    await create('paypal', 'paypal@example.org');
    await create('lin', 'lin@example.org');
    for (const name of [
      PAYPAL_IN_CYRILLIC,
      'l\u0131n',
      'li\u0307n',
      'admi\u0307n',
      'admi\u0323n',
      '\u1d00\u1d05\u1d0d\u026a\u0274',
    ]) {
      const { code, errors } = await create(name, 'mallory@example.org');
      expect([name, code]).toEqual([name, 'BAD_USER_INPUT']);
      expect(errors[0]?.extensions.fields).toMatchObject([{ path: ['input', 'username'], code: 'LOOKALIKE' }]);
      expect(errors[0]?.message).toContain('looks like');
    }
    const { data } = await app.ask(app.admin, AVAILABILITY, { username: 'l\u0131n' });
    expect(data.usernameAvailability).toEqual({ available: false, problem: 'LOOKALIKE', suggestion: 'lin-2' });
    expect((await create('l\u0131n-2', 'mallory@example.org')).code).toBeUndefined();
  });

  it('can be had where nobody has the other, logs in, and keeps the other from being had', async () => {
    expect((await create(PAYPAL_IN_CYRILLIC, 'one@example.org')).code).toBeUndefined();
    await app.loggedIn(PAYPAL_IN_CYRILLIC, PASSWORD);
    const { errors } = await create('paypal', 'two@example.org');
    expect(errors[0]?.extensions.fields).toMatchObject([{ path: ['input', 'username'], code: 'LOOKALIKE' }]);
  });

  it.each([
    ['Greek and Cyrillic', '\u03bf\u03c1\u03b1', '\u043e\u0440\u0430'],
    ['Cyrillic and Greek', '\u043e\u0440\u0430', '\u03bf\u03c1\u03b1'],
  ])('is refused where neither is in ASCII: %s', async (_scripts, one, other) => {
    expect((await create(one, 'one@example.org')).code).toBeUndefined();
    expect((await create(other, 'two@example.org')).errors[0]?.extensions.fields).toMatchObject([
      { code: 'LOOKALIKE' },
    ]);
    expect((await create(`${other}-2`, 'two@example.org')).code).toBeUndefined();
  });
});

describe('A name of the provider that is drawn like another', () => {
  let scenario: OidcScenario;
  beforeEach(async () => {
    const person = { subject: 'sub-mallory', username: 'mallory', name: 'Mallory', email: 'mallory@example.org' };
    const people = [person, { ...person, subject: 'sub-lin', username: 'lin' }];
    scenario = await OidcScenario.open({ people });
  });
  afterEach(() => scenario.close());

  it('is refused where a person chooses it at the first login', async () => {
    await scenario.onboarded('lin');
    const mallory = await scenario.onboarded('mallory', 'l\u0131n');
    const { data } = await scenario.app.ask(mallory, '{ me { username } pendingOnboarding { suggestedUsername } }');
    expect(data).toEqual({ me: null, pendingOnboarding: { suggestedUsername: 'mallory' } });
  });
});
