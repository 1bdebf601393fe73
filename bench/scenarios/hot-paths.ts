import { wordsAreStored } from '../behind-start.js';
import { alternate } from '../load.js';
import { Rates } from '../report/row.js';
import type { Scene } from '../scene.js';
import { LARGE, SMALL } from '../sizes.js';
import type { Engine } from '../stores.js';
import { Bench, Scenario } from './scenario.js';
import { lookingUp, signing, tokens, verifying } from './targets.js';

const [LEAST_ON_FILE, LEAST_ON_SERVER, LEAST_TOKENS, LEAST_LARGE] = [0.45, 0.9, 0.8, 0.95];

/** The two hot paths of a scene, each with what it is measured against. */
const PATHS = {
  verify: { ours: verifying, ceiling: lookingUp, text: 'verifyCliSecret', bare: 'bare look-up' },
  token: { ours: tokens, ceiling: signing, text: '/service/token', bare: 'bare look-up + ES256' },
} as const;
type Path = keyof typeof PATHS;

const leastOf = (path: Path, engine: Engine) =>
  path === 'token' ? LEAST_TOKENS : engine === 'SQLite' ? LEAST_ON_FILE : LEAST_ON_SERVER;

function againstBare(path: Path, engine: Engine): Scenario {
  const { ours, ceiling, text, bare } = PATHS[path];
  const [name, goal] = [`${path}-${engine.toLowerCase()}`, leastOf(path, engine)];
  const measure = async (bench: Bench): Promise<Rates[]> => {
    const scene = await bench.scene(engine);
    const sides = await alternate(ours(scene), ceiling(scene), bench.rounds);
    return [{ kind: 'rates', name, against: bare, ...sides, goal, hasCpuGoal: true }];
  };
  const about = `${text} on ${engine}, ${SMALL.users.toLocaleString('en')} users`;
  return { name, about, goal: `${goal} of a ${bare} on the same database`, measure };
}

/** Both hot paths with a million users, beside a second server with a thousand. */
function againstSmall(engine: Engine): Scenario {
  const name = `million-${engine.toLowerCase()}`;
  const rows = async (bench: Bench, large: Scene, small: Scene) => {
    const measured: Rates[] = [];
    for (const [path, { ours }] of Object.entries(PATHS)) {
      bench.tell(path);
      const sides = await alternate(ours(large), ours(small), bench.rounds);
      const row = { name: `${name}: ${path}`, against: 'itself with 1,000 users', goal: LEAST_LARGE, hasCpuGoal: true };
      measured.push({ kind: 'rates', ...row, ...sides });
    }
    return measured;
  };
  return {
    name,
    about: `both hot paths on ${engine} with a million users, 10,000 groups and 10,000 rules`,
    goal: `${LEAST_LARGE} of itself with 1,000 users`,
    isLong: true,
    measure: async (bench) => {
      const large = await bench.scene(engine, LARGE);
      bench.tell('waiting until all words are stored');
      await wordsAreStored(large);
      const small = await bench.second(engine, SMALL);
      return rows(bench, large, small).finally(() => small.close());
    },
  };
}

/** The hot paths against bare routes. */
export const hotPathsOn = (engine: Engine): Scenario[] => [againstBare('verify', engine), againstBare('token', engine)];

/** The hot paths of a large installation against those of a small one. */
export const largeHotPathsOn = againstSmall;
