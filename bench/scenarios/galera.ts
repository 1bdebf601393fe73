import { freePort } from '../../test/support/free-port.js';
import { alternate, Target } from '../load.js';
import { Rates } from '../report/row.js';
import type { Scene } from '../scene.js';
import { answers, end, startNode } from '../server.js';
import { Scenario } from './scenario.js';
import { lookingUp, verifying } from './targets.js';

const NAME = 'verify-galera';
/** What Mooring sets on each of its connections. */
const CAUSAL = '7';

/** Makes a target anew for each comparison: the load generator changes its requests. */
type MakeTarget = () => Target;

/** The bare look-up once more, whose reads wait for what other nodes have acknowledged. */
async function besideCausal(scene: Scene, measure: (causal: MakeTarget) => Promise<Rates[]>): Promise<Rates[]> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const service = startNode(['--import', 'tsx', 'bench/baseline.ts', scene.store.address, String(port), CAUSAL]);
  try {
    await answers(url, service);
    return await measure(() => ({ ...lookingUp(scene), url, pid: service.pid }));
  } finally {
    await end(service);
  }
}

/** What it costs that a secret which was ended at one node counts at no other one. */
export const GALERA: Scenario = {
  name: NAME,
  about:
    'verifyCliSecret at one of three Galera nodes on this machine, and a bare look-up with and without causal reads',
  goal: 'none: the nodes share the machine',
  isLong: true,
  measure: async (bench) => {
    const scene = await bench.scene('Galera');
    const row = { kind: 'rates', goal: null, hasCpuGoal: false } as const;
    return besideCausal(scene, async (causal) => {
      const bare = await alternate(verifying(scene), lookingUp(scene), bench.rounds);
      const fair = await alternate(verifying(scene), causal(), bench.rounds);
      const price = await alternate(causal(), lookingUp(scene), bench.rounds);
      return [
        { ...row, name: NAME, against: 'bare look-up, wsrep_sync_wait=0', ...bare },
        { ...row, name: NAME, against: 'bare look-up, wsrep_sync_wait=7', ...fair },
        { ...row, name: `${NAME}: look-up, 7`, against: 'the same with 0', ...price },
      ];
    });
  },
};
