import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { wordsAreStored } from '../behind-start.js';
import { load, Asked, Target } from '../load.js';
import { cpuSecondsOf } from '../process-time.js';
import { QuickScene } from '../quick-scene.js';
import type { LoadSeen, Measured, OperationCosts, RefreshingSeen } from './measured.js';

const [PROVIDER_MS, MEMBERS, LOGINS, LOAD_SECONDS] = [200, 1_050, 100, 5];
const [AT_ONCE, MOST_CONNECTIONS, WITHIN_SECONDS] = [20, 50, 10];
const [WARM_UP_SECONDS, IDLE_SECONDS] = [3, 5];
const COUNTERS = {
  statements: ['com_select', 'com_insert', 'com_update', 'com_delete', 'com_replace'],
  writes: ['com_insert', 'com_update', 'com_delete', 'com_replace'],
  bytesTo: ['bytes_received'],
  bytesFrom: ['bytes_sent'],
  logBytes: ['innodb_os_log_written'],
} as const;
type Counted = Record<keyof typeof COUNTERS | 'replicaMicros' | 'databaseMicros', number>;

/** Counts what replica and database server do, from the outside. */
class Meter {
  private idle?: OperationCosts;

  private constructor(
    private readonly scene: QuickScene,
    private readonly databasePid: number,
  ) {}

  static async of(scene: QuickScene): Promise<Meter> {
    const [row] = await scene.store.rows("SHOW GLOBAL VARIABLES LIKE 'pid_file'");
    return new Meter(scene, Number(await readFile(String(row?.Value), 'utf8')));
  }

  private async now(): Promise<Counted> {
    const rows = await this.scene.store.rows('SHOW GLOBAL STATUS');
    const status = new Map(
      rows.map(({ Variable_name: name, Value: value }) => [String(name).toLowerCase(), Number(value)]),
    );
    const sums = Object.entries(COUNTERS).map(([name, parts]) => [
      name,
      parts.reduce((sum, part) => sum + (status.get(part) ?? 0), 0),
    ]);
    const [replica, database] = [await cpuSecondsOf(this.scene.mooring.pid), await cpuSecondsOf(this.databasePid)];
    const micros = { replicaMicros: (replica ?? NaN) * 1e6, databaseMicros: (database ?? NaN) * 1e6 };
    return { ...(Object.fromEntries(sums) as Counted), ...micros };
  }

  /** What an idle server does in a second; the counters themselves are a part of it. */
  async rest(): Promise<void> {
    this.idle = undefined;
    const { costs } = await this.measure(async () => {
      await pause(IDLE_SECONDS * 1000);
      return IDLE_SECONDS;
    });
    this.idle = costs;
  }

  /** What each of the operations of some work took, besides what an idle server does, and how long the work was, in seconds. */
  async measure(work: () => Promise<number>): Promise<{ costs: OperationCosts; seconds: number; done: number }> {
    const [before, begun] = [await this.now(), performance.now()];
    const done = await work();
    const seconds = (performance.now() - begun) / 1000;
    const after = await this.now();
    const each = (name: keyof Counted) => {
      const all = after[name] - before[name] - (this.idle?.[name] ?? 0) * seconds;
      return Number(Math.max(0, all / done).toPrecision(4));
    };
    const names = [...Object.keys(COUNTERS), 'replicaMicros', 'databaseMicros'] as (keyof Counted)[];
    const costs = Object.fromEntries(names.map((name) => [name, each(name)])) as unknown as OperationCosts;
    return { costs, seconds, done };
  }
}

const verifying = (scene: QuickScene): Target => ({
  url: scene.url,
  requests: scene.members.map((member): Asked => ({ ...scene.asked(member), path: '/graphql' })),
  pid: scene.mooring.pid,
  expected: '"VALID"',
});

function tokens(scene: QuickScene): Target {
  const query = new URLSearchParams({ service: 'registry', scope: 'repository:team/app:pull' });
  const requests = scene.members.map(({ username, secret }): Asked => {
    const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    return { method: 'GET', path: `/service/token?${query}`, headers: { authorization } };
  });
  return { ...verifying(scene), requests, expected: '"token"' };
}

async function loaded(meter: Meter, target: Target, connections: number) {
  let round = { perSecond: 0, p50: 0, p99: 0 };
  const before = process.cpuUsage();
  const { costs, seconds, done } = await meter.measure(async () => {
    const begun = performance.now();
    round = await load(target, { seconds: LOAD_SECONDS, connections });
    return (round.perSecond * (performance.now() - begun)) / 1000;
  });
  const { user, system } = process.cpuUsage(before);
  const clientMicros = Math.round((user + system) / done);
  const busy = Number(((costs.replicaMicros * done) / 1e6 / seconds).toFixed(2));
  const [perSecond, p50, p99] = [Math.round(round.perSecond), round.p50, round.p99];
  const { statements: statementsPerRequest, replicaMicros } = costs;
  const of = { statementsPerRequest, replicaMicros, clientMicros, busy };
  const seen: LoadSeen = { connections, perSecond, p50, p99, ...of };
  return { costs, seen };
}

async function atOnce<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<number> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return items.length;
}

async function refresh(scene: QuickScene): Promise<number> {
  await scene.expireOthers(...scene.members.slice(0, 1));
  const before = await scene.refreshes();
  await atOnce(scene.members.slice(1), async (member) => {
    const text = await (await fetch(`${scene.url}/graphql`, scene.asked(member))).text();
    if (!text.includes('"VALID"')) throw new Error(`A refresh was answered ${text}.`);
  });
  return (await scene.refreshes()) - before;
}

/** Verifications of some users on fifty connections, while the grants of the others are refreshed one after the other. */
async function besideRefreshes(scene: QuickScene): Promise<RefreshingSeen> {
  const spared = scene.members.slice(0, MOST_CONNECTIONS);
  const others = scene.members.slice(MOST_CONNECTIONS);
  const target = { ...verifying(scene), requests: verifying(scene).requests.slice(0, MOST_CONNECTIONS) };
  await scene.expireOthers(...spared);
  const before = await scene.refreshes();
  const begun = performance.now();
  const refreshed = others.map(async (member, index) => {
    const due = begun + (index * WITHIN_SECONDS * 1000) / others.length;
    await new Promise((done) => setTimeout(done, due - performance.now()));
    await fetch(`${scene.url}/graphql`, scene.asked(member)).then((response) => response.text());
  });
  const [round] = await Promise.all([load(target, { seconds: WITHIN_SECONDS }), ...refreshed]);
  const refreshes = (await scene.refreshes()) - before;
  const rest = { seconds: WITHIN_SECONDS, providerMs: PROVIDER_MS, perSecond: Math.round(round.perSecond) };
  return { grants: others.length, refreshes, ...rest };
}

/** Measures verifications, registry tokens, refreshes and logins on MariaDB, one kind after the other: about a minute. */
export async function measureOperations(
  tell: (text: string) => void,
): Promise<Pick<Measured, 'operations' | 'loads' | 'refreshing'>> {
  const scene = await QuickScene.open('MariaDB', PROVIDER_MS);
  try {
    const meter = await Meter.of(scene);
    tell(`logging in ${MEMBERS} users`);
    await scene.fill(MEMBERS);
    for (const target of [verifying(scene), tokens(scene)]) await load(target, { seconds: WARM_UP_SECONDS });
    await wordsAreStored(scene);
    await meter.rest();
    tell('verifications');
    const alone = await loaded(meter, verifying(scene), 1);
    const some = await loaded(meter, verifying(scene), AT_ONCE / 2);
    const many = await loaded(meter, verifying(scene), MOST_CONNECTIONS);
    tell('registry tokens');
    const token = await loaded(meter, tokens(scene), MOST_CONNECTIONS);
    tell('refreshes');
    const { costs: refreshCosts } = await meter.measure(() => refresh(scene));
    const refreshing = await besideRefreshes(scene);
    tell('logins');
    const { costs: login } = await meter.measure(() => scene.fill(LOGINS).then(() => LOGINS));
    const verifications = { verification: many.costs, verificationAlone: alone.costs };
    const operations = { ...verifications, token: token.costs, refresh: refreshCosts, login };
    return { operations, loads: [alone.seen, some.seen, many.seen], refreshing };
  } finally {
    await scene.close();
  }
}
