import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { OnboardingService } from '../src/users/onboarding.service.js';
import { TestApp } from './support/app.js';
import { CREATE_USER, REGISTER } from './support/documents.js';

const ROUNDS = 200;
const OIDC = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'provider-client-secret' };

describe(`In ${ROUNDS} races`, () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start({ LOG_LEVEL: 'warn' });
    await app.configure({ selfRegistration: true, oidc: OIDC });
  });
  afterEach(() => app.stop());

  const account = (round: number) => ({
    username: `u${round}`,
    password: 'Password-1',
    email: `u${round}@example.org`,
  });
  /** Begun after some turns of the event loop, so that over the rounds it meets the other at each of its steps. */
  const switched = async (authMode: string, turns: number) => {
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    return (await app.configure({ authMode })).code ?? 'done';
  };
  const ending = (work: Promise<{ code?: string }>) => work.then(({ code }) => code ?? 'done');
  const removeUsers = () => app.nest.get(DataSource).query('DELETE FROM users WHERE mode IS NOT NULL');

  it('a switch to OIDC mode and a new local account never both succeed, and never both fail', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const input = account(round);
      const made =
        round % 2 === 0 ? app.ask(app.admin, CREATE_USER, { input }) : app.ask(undefined, REGISTER, { input });
      outcomes.add((await Promise.all([ending(made), switched('OIDC', (round * 7) % 90)])).join(' and '));
      await removeUsers();
      await app.configure({ authMode: 'DATABASE' });
    }
    outcomes.delete('done and AUTH_MODE_LOCKED');
    outcomes.delete('UNSUPPORTED_IN_AUTH_MODE and done');
    expect([...outcomes]).toEqual([]);
  });

  it('a switch to DATABASE mode and an onboarding never both succeed, and never both fail', async () => {
    const onboarding = app.nest.get(OnboardingService);
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      await app.configure({ authMode: 'OIDC' });
      const person = { issuer: OIDC.endpoint, subject: `s${round}`, email: null, realName: null };
      const onboarded = (async () => {
        for (let turn = 0; turn < (round * 3) % 40; turn++) await nextTurn();
        return onboarding.onboard(person, `o${round}`).then(
          () => 'done',
          () => 'refused',
        );
      })();
      outcomes.add((await Promise.all([onboarded, switched('DATABASE', 0)])).join(' and '));
      await removeUsers();
      await app.configure({ authMode: 'DATABASE' });
    }
    outcomes.delete('done and AUTH_MODE_LOCKED');
    outcomes.delete('refused and done');
    expect([...outcomes]).toEqual([]);
  });

  it('several accounts with one name or address come down to one', async () => {
    const sameName = Array.from({ length: 6 }, (_, index) => ({ ...account(index), username: 'lin' }));
    const made = await Promise.all(sameName.map((input) => ending(app.ask(app.admin, CREATE_USER, { input }))));
    expect(made.sort()).toEqual([...Array<string>(5).fill('USERNAME_TAKEN'), 'done']);
    const sameAddress = Array.from({ length: 6 }, (_, index) => ({ ...account(10 + index), email: 'sam@example.org' }));
    const more = await Promise.all(sameAddress.map((input) => ending(app.ask(app.admin, CREATE_USER, { input }))));
    expect(more.sort()).toEqual([...Array<string>(5).fill('EMAIL_TAKEN'), 'done']);
  });
});
