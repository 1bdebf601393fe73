import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Cluster } from '../support/cluster.js';
import { ACKNOWLEDGED, ClusterLoad, LOST, peopleOfLoad, Seen } from '../support/cluster-load.js';
import { printFigures } from '../support/fault-table.js';
import { GaleraCluster, GaleraNode } from '../support/galera.js';
import { OidcScenario } from '../support/oidc-scenario.js';

const NODES = 3;
const LOSING = 2;
const MORE_REQUESTS = 200;
/** What callers of a replica see that ends. */
const ENDING = [LOST, 'HTTP 503'];
const LOOK_AGAIN_MS = 20;

/** A way to lose a node, and to have it back. */
interface Loss {
  readonly lose: (node: GaleraNode) => Promise<unknown> | void;
  readonly bringBack: (node: GaleraNode) => Promise<unknown> | void;
}

const LOSSES: readonly (readonly [string, Loss])[] = [
  ['killed', { lose: (node) => node.server.stop('SIGKILL'), bringBack: (node) => node.start() }],
  ['stopped', { lose: (node) => node.server.signal('SIGSTOP'), bringBack: (node) => node.server.signal('SIGCONT') }],
  ['cut off', { lose: (node) => node.setIsolated(true), bringBack: (node) => node.setIsolated(false) }],
];

describe('Under load at three nodes of Galera with a replica each', () => {
  let scenario: OidcScenario<Cluster<GaleraCluster>>;
  let load: ClusterLoad<GaleraCluster>;
  beforeAll(async () => {
    const cluster = await Cluster.on(await GaleraCluster.start(), NODES);
    scenario = await OidcScenario.at(cluster, { people: peopleOfLoad(NODES), idTokenSeconds: 3_600 });
    load = await ClusterLoad.prepare(scenario);
  });
  afterAll(() => scenario?.close());

  const nodes = () => scenario.app.server.nodes;
  const untilMore = async (seen: Seen, more: number) => {
    for (const before = seen.verifications.total; seen.verifications.total < before + more;) await pause(LOOK_AGAIN_MS);
  };
  const untilServed = async (index: number) => {
    while ((await load.verify(index)) !== 'VALID') await pause(LOOK_AGAIN_MS);
    while ((await load.change(index)) !== ACKNOWLEDGED) await pause(LOOK_AGAIN_MS);
  };
  const print = (fault: string, seen: readonly Seen[]) => {
    for (const [index, { verifications, changes, longestGapMs }] of seen.entries()) {
      const at = `${fault}, replica ${index + 1}`;
      printFigures({ fault: `${at}, longest gap ${Math.round(longestGapMs)} ms`, rounds: 1, answers: verifications });
      printFigures({ fault: `${at}, changes`, rounds: 1, answers: changes });
    }
  };

  it.each(LOSSES)(
    'a node that is %s and comes back fails no request at the others, and loses nothing',
    async (how, loss) => {
      const [steady] = nodes();
      const lost = nodes()[LOSING]!;
      const { traffic, seen } = load.begin();
      await traffic.during(untilMore(seen[LOSING]!, MORE_REQUESTS));
      await loss.lose(lost);
      const isAlone = async () => (await steady!.status('wsrep_cluster_size')) === String(NODES - 1);
      await traffic.during(steady!.until(isAlone, 'does without the lost one'));
      await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
      await loss.bringBack(lost);
      await traffic.during(scenario.app.server.untilWhole());
      await traffic.during(untilMore(seen[LOSING]!, MORE_REQUESTS));
      await traffic.end();
      await untilServed(LOSING);
      print(`A node is ${how}`, seen);
      for (const { verifications, changes } of seen.slice(0, LOSING)) {
        expect([verifications.kinds, changes.kinds]).toEqual([['VALID'], [ACKNOWLEDGED]]);
      }
      const { verifications, changes } = seen[LOSING]!;
      expect(['VALID', 'SERVICE_UNAVAILABLE']).toEqual(expect.arrayContaining(verifications.kinds));
      expect([ACKNOWLEDGED, 'SERVICE_UNAVAILABLE']).toEqual(expect.arrayContaining(changes.kinds));
      expect([await load.lost(), await load.unaudited()]).toEqual([[], 0]);
    },
  );

  it('nodes and replicas that are restarted one after another fail no request at the others, and lose nothing', async () => {
    for (const [index, node] of nodes().entries()) {
      const { traffic, seen } = load.begin();
      await traffic.during(untilMore(seen[index]!, MORE_REQUESTS));
      await traffic.during(scenario.app.replicas[index]!.end('SIGTERM'));
      await traffic.during(node.server.stop());
      await traffic.during(node.start());
      scenario.app.replicas[index] = await traffic.during(scenario.app.newReplica({}, index));
      await traffic.during(untilMore(seen[index]!, MORE_REQUESTS));
      await traffic.end();
      await untilServed(index);
      print(`Node and replica ${index + 1} restart`, seen);
      for (const [other, { verifications, changes }] of seen.entries()) {
        const isOther = other !== index;
        expect(['VALID', ...(isOther ? [] : ENDING)]).toEqual(expect.arrayContaining(verifications.kinds));
        expect([ACKNOWLEDGED, ...(isOther ? [] : ENDING)]).toEqual(expect.arrayContaining(changes.kinds));
      }
    }
    expect([await load.lost(), await load.unaudited()]).toEqual([[], 0]);
  });
});
