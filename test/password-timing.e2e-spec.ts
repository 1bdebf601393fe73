import { expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_USER, LOGIN, SET_DISABLED } from './support/documents.js';
import { mannWhitney } from './support/rank-test.js';

const PASSWORD = 'First-password-1';
const NAMES = ['lin', 'nobody', 'ada'] as const;
const TRIALS = 60;
const WARM_UP = 10;
/** A gross difference: a value of one kind is above one of the other nine times in ten. Machines are too noisy for less. */
const GROSS = 0.9;
const LIMITS = { wrongSecretsPerAddress: 1000, wrongSecretsPerUser: 1000 };

type Times = Record<(typeof NAMES)[number], number[]>;

/** How long refusals take, in turns, so that what else the machine does meets all names alike. */
async function timesOf(app: TestApp, passwordOf: (trial: number) => string): Promise<Times> {
  const times: Times = { lin: [], nobody: [], ada: [] };
  for (let trial = 0; trial < TRIALS + WARM_UP; trial++) {
    for (const username of NAMES) {
      const input = { username, password: passwordOf(trial) };
      const began = performance.now();
      expect((await app.ask(new Browser(), LOGIN, { input })).code).toBe('INVALID_CREDENTIALS');
      times[username].push(performance.now() - began);
    }
  }
  for (const taken of Object.values(times)) taken.splice(0, WARM_UP);
  return times;
}

function expectAlike(one: readonly number[], other: readonly number[]): void {
  const { likelihood } = mannWhitney(one, other);
  expect(likelihood).toBeGreaterThan(1 - GROSS);
  expect(likelihood).toBeLessThan(GROSS);
}

it('A wrong password takes the same time for a known, an unknown and a disabled name, the first time and when it is repeated', async () => {
  const app = await TestApp.start({ LOG_LEVEL: 'warn' });
  await app.configure(LIMITS);
  for (const username of ['lin', 'ada']) {
    const input = { username, password: PASSWORD, email: `${username}@example.org` };
    const { data } = await app.ask(app.admin, CREATE_USER, { input });
    const userId = data.createUser.user.id as string;
    if (username === 'ada') await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
  }
  const first = await timesOf(app, (trial) => `Wrong-password-${trial}`);
  const repeated = await timesOf(app, () => 'Wrong-password-0');
  for (const { lin, nobody, ada } of [first, repeated]) {
    expectAlike(lin, nobody);
    expectAlike(lin, ada);
  }
  await app.stop();
});
