import { expect, it } from '@jest/globals';
import { generatedSecret } from '../src/cli-secrets/cli-secret-text.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { mannWhitney } from './support/rank-test.js';

const TRIALS = 300;
const WARM_UP = 50;
/** A gross difference: a value of one kind is above one of the other nine times in ten. Machines are too noisy for less. */
const GROSS = 0.9;

/** How long each of three refusals takes, in turns, so that what else the machine does meets all of them alike. */
async function timesOf(scenario: OidcScenario, secret: string): Promise<Record<'lin' | 'nobody' | 'sam', number[]>> {
  const times = { lin: [] as number[], nobody: [] as number[], sam: [] as number[] };
  for (let trial = 0; trial < TRIALS + WARM_UP; trial++) {
    for (const username of ['lin', 'nobody', 'sam'] as const) {
      const began = performance.now();
      expect((await scenario.verify(username, secret)).status).toBe('MISMATCH');
      times[username].push(performance.now() - began);
    }
  }
  for (const taken of Object.values(times)) taken.splice(0, WARM_UP);
  return times;
}

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
