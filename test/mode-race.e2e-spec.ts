import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { OnboardingService } from '../src/users/onboarding.service.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CONFIGURATION, CREATE_USER, REGISTER, UPDATE_CONFIGURATION } from './support/documents.js';

const ROUNDS = 200;
const STEP_MS = 2;
const LONGEST_MS = 240_000;
const OIDC = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'provider-client-secret' };

describe(`In ${ROUNDS} races`, () => {
  let app: TestApp;
  let admin: Browser;
  beforeEach(async () => {
    app = await TestApp.start({ LOG_LEVEL: 'warn' });
    await app.configure({ selfRegistration: true, registrationsPerHour: ROUNDS, oidc: OIDC });
    // By session: each Basic header would be a password to check, hundreds of times.
    admin = await app.loggedIn('admin', app.adminPassword);
  });
  afterEach(() => app.stop());

  const account = (round: number) => ({
    username: `u${round}`,
    password: 'Password-1',
    email: `u${round}@example.org`,
  });
  const configure = async (patch: object) => {
    const { revision } = (await app.ask(admin, CONFIGURATION)).data.configuration;
    return app.ask(admin, UPDATE_CONFIGURATION, { input: { revision, patch } });
  };
  const ending = (work: Promise<{ code?: string }>) => work.then(({ code }) => code ?? 'done');
  const removeUsers = () => app.nest.get(DataSource).query('DELETE FROM users WHERE mode IS NOT NULL');
  const passed = async (milliseconds: number) => {
    for (const end = performance.now() + milliseconds; performance.now() < end;) await yieldToEventLoop();
  };
  /**
   * Lets two writes race in every round. Whoever won begins a little later in the next one, so that they meet again and
   * again, however fast the machine is; `first` and `second` are the two endings that are allowed.
   */
  const race = async (
    write: (round: number) => Promise<string>,
    [from, to]: readonly [string, string],
    [first, second]: readonly [string, string],
  ) => {
    const outcomes: Record<string, number> = { [first]: 0, [second]: 0 };
    for (let round = 0, head = 0; round < ROUNDS; round++) {
      await configure({ authMode: from });
      const written = passed(-head).then(() => write(round));
      const switched = passed(head).then(() => ending(configure({ authMode: to })));
      const outcome = (await Promise.all([written, switched])).join(' and ');
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      head += outcome === first ? -STEP_MS : STEP_MS;
      await removeUsers();
    }
    expect(Object.keys(outcomes)).toEqual([first, second]);
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(ROUNDS / 20);
  };

  it(
    'a switch to OIDC mode and a new local account never both succeed, and never both fail',
    async () => {
      const write = (round: number) => {
        const input = account(round);
        return ending(round % 2 ? app.ask(admin, CREATE_USER, { input }) : app.ask(undefined, REGISTER, { input }));
      };
      await race(write, ['DATABASE', 'OIDC'], ['done and AUTH_MODE_LOCKED', 'UNSUPPORTED_IN_AUTH_MODE and done']);
    },
    LONGEST_MS,
  );

  it(
    'a switch to DATABASE mode and an onboarding never both succeed, and never both fail',
    async () => {
      const onboarding = app.nest.get(OnboardingService);
      const write = async (round: number) => {
        const person = { issuer: OIDC.endpoint, subject: `s${round}`, email: null, realName: null };
        const made = onboarding.onboard(person, `o${round}`);
        return made.then(
          () => 'done',
          () => 'refused',
        );
      };
      await race(write, ['OIDC', 'DATABASE'], ['done and AUTH_MODE_LOCKED', 'refused and done']);
    },
    LONGEST_MS,
  );

  it('several accounts with one name or address come down to one', async () => {
    const sameName = Array.from({ length: 6 }, (_, index) => ({ ...account(index), username: 'lin' }));
    const made = await Promise.all(sameName.map((input) => ending(app.ask(admin, CREATE_USER, { input }))));
    expect(made.sort()).toEqual([...Array<string>(5).fill('USERNAME_TAKEN'), 'done']);
    const sameAddress = Array.from({ length: 6 }, (_, index) => ({ ...account(10 + index), email: 'sam@example.org' }));
    const more = await Promise.all(sameAddress.map((input) => ending(app.ask(admin, CREATE_USER, { input }))));
    expect(more.sort()).toEqual([...Array<string>(5).fill('EMAIL_TAKEN'), 'done']);
  });
});
