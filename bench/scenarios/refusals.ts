import { generatedSecret } from '../../src/cli-secrets/cli-secret-text.js';
import { alternate, Target } from '../load.js';
import type { Credentials } from '../population.js';
import { Rates } from '../report/row.js';
import type { Scene } from '../scene.js';
import { Bench, Scenario } from './scenario.js';
import { verifying } from './targets.js';

const LEAST = 0.9;

/** Wrong secrets in the form of generated ones: others are refused without a look-up after a few. */
const withWrongSecrets = (people: readonly Credentials[]): Credentials[] =>
  people.map(({ username }) => ({ username, secret: generatedSecret().reveal() }));

const wrongSecrets = (scene: Scene): Target => verifying(scene, withWrongSecrets(scene.known), 'MISMATCH');

const unknownUsers = (scene: Scene): Target => {
  const strangers = scene.known.map(({ username, secret }) => ({ username: `x-${username}`, secret }));
  return verifying(scene, withWrongSecrets(strangers), 'MISMATCH');
};

function refusals(name: string, about: string, target: (scene: Scene) => Target): Scenario {
  const measure = async (bench: Bench): Promise<Rates[]> => {
    const scene = await bench.scene('SQLite');
    const sides = await alternate(target(scene), verifying(scene), bench.rounds);
    return [{ kind: 'rates', name, against: 'right secrets', ...sides, goal: LEAST, hasCpuGoal: true }];
  };
  return { name, about, goal: `${LEAST} of right secrets`, measure };
}

/** Refusals, which must not cost more than right answers. */
export const REFUSALS: readonly Scenario[] = [
  refusals('wrong-secrets', 'verifyCliSecret of wrong secrets of known users, on SQLite', wrongSecrets),
  refusals('unknown-users', 'verifyCliSecret of users who do not exist, on SQLite', unknownUsers),
];
