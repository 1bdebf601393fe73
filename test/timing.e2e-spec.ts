import { randomInt } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { generatedSecret } from '../src/cli-secrets/cli-secret-text.js';
import { User } from '../src/users/user.entity.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { mannWhitney } from './support/rank-test.js';

const TRIALS = 300;
const WARM_UP = 50;
/** A gross difference: a value of one kind is above one of the other nine times in ten. Machines are too noisy for less. */
const GROSS = 0.9;

/**
 * The same values in a random order. Who always came first would meet whatever the machine does at regular times, such as the end of
 * a share of processor time, always in the same phase.
 */
function shuffled<Value>(values: readonly Value[]): Value[] {
  const left = [...values];
  return values.map(() => left.splice(randomInt(left.length), 1)[0] as Value);
}

/** How long each of three refusals takes, in turns of random order, so that what else the machine does meets all of them alike. */
async function timesOf(scenario: OidcScenario, secret: string): Promise<Record<'lin' | 'nobody' | 'sam', number[]>> {
  const times = { lin: [] as number[], nobody: [] as number[], sam: [] as number[] };
  for (let trial = 0; trial < TRIALS + WARM_UP; trial++) {
    for (const username of shuffled(['lin', 'nobody', 'sam'] as const)) {
      const began = performance.now();
      expect((await scenario.verify(username, secret)).status).toBe('MISMATCH');
      times[username].push(performance.now() - began);
    }
  }
  for (const taken of Object.values(times)) taken.splice(0, WARM_UP);
  return times;
}

const COMPANY = 8;
const GROUPS = 120;

/** Users without a secret, named `person-0` and so on. */
async function addPeople(scenario: OidcScenario, count: number): Promise<void> {
  const users = scenario.app.nest.get(DataSource).getRepository(User);
  const lin = await users.findOneByOrFail({ username: 'lin' });
  const named = (name: string) => ({ id: name, subject: name, username: name, foldedName: name, nameDigest: null });
  const rows = Array.from({ length: count }, (_, index) => ({ ...lin, ...named(`person-${index}`) }));
  for (let from = 0; from < count; from += 100) await users.insert(rows.slice(from, from + 100));
}

/**
 * How long refusals take that are asked for together, some names of a kind at a time; known and unknown ones in
 * turns of random order.
 */
async function timesTogether(
  scenario: OidcScenario,
  together: number,
  nameOf: (trial: number, index: number) => number,
) {
  const times = { person: [] as number[], nobody: [] as number[] };
  const secret = generatedSecret().reveal();
  for (let trial = 0; trial < GROUPS; trial++) {
    for (const kind of shuffled(['person', 'nobody'] as const)) {
      const names = Array.from({ length: together }, (_, index) => `${kind}-${nameOf(trial, index)}`);
      const began = performance.now();
      const answers = await Promise.all(names.map((name) => scenario.verify(name, secret)));
      times[kind].push(performance.now() - began);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['MISMATCH']));
    }
  }
  return times;
}

it('Known and unknown names take the same time, first and repeated, alone and in company', async () => {
  const scenario = await OidcScenario.open({ idTokenSeconds: 3600 });
  const right = await scenario.secretOf(await scenario.onboarded('lin'));
  expect((await scenario.verify('lin', right)).status).toBe('VALID');
  await addPeople(scenario, COMPANY * GROUPS);
  await timesOf(scenario, generatedSecret().reveal());
  for (const together of [1, COMPANY]) {
    const first = await timesTogether(scenario, together, (trial, index) => trial * together + index);
    const repeated = await timesTogether(scenario, together, (_trial, index) => index);
    for (const { person, nobody } of [first, repeated]) {
      const { likelihood } = mannWhitney(person, nobody);
      expect(likelihood).toBeGreaterThan(1 - GROSS);
      expect(likelihood).toBeLessThan(GROSS);
    }
  }
  await scenario.close();
});

it('A wrong secret, an unknown user and a user without a secret take the same time, as far as can be told', async () => {
  const scenario = await OidcScenario.open({ idTokenSeconds: 3600 });
  const right = await scenario.secretOf(await scenario.onboarded('lin'));
  expect((await scenario.verify('lin', right)).status).toBe('VALID');
  await scenario.onboarded('sam');
  for (const secret of ['Wrong-secret-1', generatedSecret().reveal()]) {
    const { lin, ...others } = await timesOf(scenario, secret);
    for (const times of Object.values(others)) {
      const { likelihood } = mannWhitney(lin, times);
      expect(likelihood).toBeGreaterThan(1 - GROSS);
      expect(likelihood).toBeLessThan(GROSS);
    }
  }
  await scenario.close();
});
