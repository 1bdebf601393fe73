import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Cluster } from '../support/cluster.js';
import { ACKNOWLEDGED, ClusterLoad, peopleOfLoad, Seen } from '../support/cluster-load.js';
import { printFigures } from '../support/fault-table.js';
import { GaleraCluster } from '../support/galera.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { OneWriter } from '../support/one-writer.js';
import { SmallDisk } from '../support/small-disk.js';

const REPLICAS = 2;
const MORE_REQUESTS = 200;
const LOOK_AGAIN_MS = 20;
/** Of the disk of the first node: what a new one takes, and some more. */
const MEGABYTES = 320;
/** As invariant 14 needs it: what is acknowledged is on the disk. */
const DURABLE = ['--innodb-flush-log-at-trx-commit=1'];

describe('With one writer and two spares behind HAProxy', () => {
  let scenario: OidcScenario<Cluster<OneWriter>>;
  let load: ClusterLoad<OneWriter>;
  let front: OneWriter;
  let disk: SmallDisk;
  beforeEach(async () => {
    disk = await SmallDisk.mount(MEGABYTES);
    front = await OneWriter.before(await GaleraCluster.start({ options: DURABLE, withinFirst: disk.path }));
    const cluster = await Cluster.on(front, REPLICAS);
    scenario = await OidcScenario.at(cluster, { people: peopleOfLoad(REPLICAS), idTokenSeconds: 3_600 });
    load = await ClusterLoad.prepare(scenario);
  });
  afterEach(async () => {
    await scenario?.close();
    await disk?.remove();
  });

  const untilMore = async (seen: Seen, more: number) => {
    for (const before = seen.verifications.total; seen.verifications.total < before + more;) await pause(LOOK_AGAIN_MS);
  };
  const untilServed = async () => {
    for (let index = 0; index < REPLICAS; index++) {
      while ((await load.verify(index)) !== 'VALID') await pause(LOOK_AGAIN_MS);
      while ((await load.change(index)) !== ACKNOWLEDGED) await pause(LOOK_AGAIN_MS);
    }
  };
  const judge = (fault: string, seen: readonly Seen[]) => {
    for (const [index, { verifications, changes, longestGapMs }] of seen.entries()) {
      const at = `${fault}, replica ${index + 1}`;
      printFigures({ fault: `${at}, longest gap ${Math.round(longestGapMs)} ms`, rounds: 1, answers: verifications });
      printFigures({ fault: `${at}, changes`, rounds: 1, answers: changes });
      expect(['VALID', 'SERVICE_UNAVAILABLE']).toEqual(expect.arrayContaining(verifications.kinds));
      expect([ACKNOWLEDGED, 'SERVICE_UNAVAILABLE']).toEqual(expect.arrayContaining(changes.kinds));
    }
  };

  it.each<[string, NodeJS.Signals]>([
    ['is killed', 'SIGKILL'],
    ['is stopped', 'SIGSTOP'],
  ])(
    'a writer that %s is replaced with a spare, stays one when it is back, and nothing is lost',
    async (how, signal) => {
      const former = await front.writer();
      const node = front.galera.nodes[former]!;
      const { traffic, seen } = load.begin();
      await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
      if (signal === 'SIGKILL') await node.server.stop(signal);
      else node.server.signal(signal);
      const writer = await traffic.during(front.untilOtherThan(former));
      await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
      if (signal === 'SIGKILL') await traffic.during(node.start());
      else node.server.signal('SIGCONT');
      await traffic.during(front.untilSaid(`node-${former + 1} is UP`, 0));
      await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
      expect(await front.writer()).toBe(writer);
      await traffic.end();
      await untilServed();
      judge(`The writer ${how}`, seen);
      expect([await load.lost(), await load.unaudited()]).toEqual([[], 0]);
    },
  );

  it('a writer with a full disk is replaced with a spare, stays one when it is back, and nothing is lost', async () => {
    expect(await front.writer()).toBe(0);
    const { traffic, seen } = load.begin();
    await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
    await disk.fill();
    const writer = await traffic.during(front.untilOtherThan(0));
    await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
    await disk.free();
    // It could not write what the others had written, and has left them.
    const [node] = front.galera.nodes;
    await node!.server.stop('SIGKILL');
    await traffic.during(node!.start());
    await traffic.during(front.untilSaid('node-1 is UP', 0));
    await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
    expect(await front.writer()).toBe(writer);
    await traffic.end();
    await untilServed();
    judge('The disk of the writer is full', seen);
    expect([await load.lost(), await load.unaudited()]).toEqual([[], 0]);
  });

  it('when all nodes are killed at once, the most advanced one makes the group again with all that was acknowledged', async () => {
    const { nodes } = front.galera;
    const { traffic, seen } = load.begin();
    await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
    await Promise.all(nodes.map(({ server }) => server.stop('SIGKILL')));
    const positions = await Promise.all(nodes.map((node) => node.position()));
    const numbers = positions.map(({ number }) => number);
    const first = numbers.indexOf(Math.max(...numbers));
    await nodes[first]!.allowNewGroup();
    await traffic.during(nodes[first]!.start(true));
    for (const [index, node] of nodes.entries()) if (index !== first) await traffic.during(node.start());
    await traffic.during(front.galera.untilWhole());
    await untilServed();
    await traffic.during(untilMore(seen[0]!, MORE_REQUESTS));
    await traffic.end();
    await untilServed();
    process.stdout.write(`All nodes killed: positions ${numbers.join(', ')}\n`);
    judge('All nodes are killed', seen);
    expect([await load.lost(), await load.unaudited()]).toEqual([[], 0]);
  });
});

describe('The HAProxy configuration of examples/', () => {
  it('is one that HAProxy takes without a warning', async () => {
    expect(await OneWriter.check()).toMatch(/^(Configuration file is valid)?$/);
  });
});
