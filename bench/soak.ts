import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Member, QuickScene } from './quick-scene.js';
import { median, say } from './rounds.js';
import { endOf, memoryOf } from './server.js';
import { Engine } from './stores.js';

const DEFAULT_MINUTES = 10;
const PEOPLE = 40;
const REFRESH_MS = 20;
/** Work alternates with gaps: memory outside JavaScript is only freed while the process is idle. */
const [WORK_MS, GAP_MS] = [3_000, 1_500];
const VERIFIERS = 8;
/** The maximum ratio of memory in the last third of a run to the second third, and a growth that is always allowed. */
const [MOST_GROWTH, SLACK_MEGABYTES] = [1.1, 10];

const HELP = `Runs the built server for some minutes, half of them on SQLite and half on MariaDB, under mixed load with idle gaps: right and
wrong secrets, registry tokens, logins, refreshes, new secrets, and administration.

  npm run soak [-- MINUTES]     default: ${DEFAULT_MINUTES} minutes

Exits with 1 if the server exits by itself, a response is wrong, or the memory of the last third of a run is over
${MOST_GROWTH} times that of the second. Needs a build (npm run soak makes it) and, for MariaDB, mariadbd.
`;

const ADMIN_ASKS = [
  '{ users(first: 50) { totalCount edges { node { username groups { name } } } } }',
  '{ groups(first: 50, search: "c") { totalCount edges { node { name } } } }',
  '{ auditEvents(first: 50) { edges { node { action } } } }',
  '{ configuration { revision authMode oidc { endpoint } } }',
  'mutation { testOidcProvider(input: {}) { report { ok } } }',
];

/** Repeats one kind of request until the end time; a wrong response ends the run. */
type Work = (until: number) => Promise<void>;

class Soak {
  done = 0;

  constructor(private readonly scene: QuickScene) {}

  /** All kinds of requests at once, until the end time. */
  async work(until: number): Promise<void> {
    const [first] = this.scene.members;
    if (!first) throw new Error('Nobody has logged in.');
    await this.scene.expireOthers(first);
    const verifiers = Array.from(
      { length: VERIFIERS },
      (_, lane): Work =>
        (time) =>
          this.verify(time, lane),
    );
    const kinds: Work[] = [...verifiers, (t) => this.guess(t), (t) => this.tokens(t), (t) => this.logIn(t)];
    await Promise.all([...kinds, (t: number) => this.administer(t)].map((kind) => kind(until)));
  }

  private async repeat(until: number, request: (round: number) => Promise<unknown>): Promise<void> {
    for (let round = 0; performance.now() < until; round++) {
      await request(round);
      this.done++;
    }
  }

  private verify(until: number, lane: number): Promise<void> {
    const of = (round: number) => this.scene.members[(round * VERIFIERS + lane) % PEOPLE];
    return this.repeat(until, (round) => this.expect(this.scene.asked(of(round)), '"VALID"'));
  }

  private guess(until: number): Promise<void> {
    const member = { username: 'nobody', secret: 'a-wrong-secret' };
    const from = (round: number) => `2001:db8:${(this.done % 65_536).toString(16)}:${(round % 65_536).toString(16)}::1`;
    return this.repeat(until, (round) => this.expect(this.scene.asked(member, from(round)), '"MISMATCH"'));
  }

  private tokens(until: number): Promise<void> {
    const member = this.scene.members.at(0) as Member;
    const authorization = `Basic ${Buffer.from(`${member.username}:${member.secret}`).toString('base64')}`;
    const url = `${this.scene.url}/service/token?service=registry&scope=repository:team/app:pull`;
    return this.repeat(until, async () => {
      const response = await fetch(url, { headers: { authorization } });
      const text = await response.text();
      if (!response.ok) throw new Error(`/service/token answered ${response.status}: ${text}`);
    });
  }

  private logIn(until: number): Promise<void> {
    return this.repeat(until, async () => {
      await this.expect(this.scene.asked(await this.scene.logIn()), '"VALID"');
      await pause(200);
    });
  }

  private administer(until: number): Promise<void> {
    return this.repeat(until, async (round) => {
      await this.scene.admin(ADMIN_ASKS[round % ADMIN_ASKS.length] ?? '');
      await pause(50);
    });
  }

  private async expect(init: RequestInit, answer: string): Promise<void> {
    const text = await (await fetch(`${this.scene.url}/graphql`, init)).text();
    if (!text.includes(answer)) throw new Error(`Expected ${answer}, received ${text}.`);
  }
}

/** Whether the memory of a run stays level, comparing its second and last third; the first is warm-up. */
function staysLevel(megabytes: readonly number[]): boolean {
  const third = Math.floor(megabytes.length / 3);
  const [before, after] = [median(megabytes.slice(third, 2 * third)), median(megabytes.slice(-third))];
  say(`  memory: ${before.toFixed(0)} MB in the second third, ${after.toFixed(0)} MB in the last`);
  return third === 0 || after <= before * MOST_GROWTH + SLACK_MEGABYTES;
}

async function soak(engine: Engine, minutes: number): Promise<boolean> {
  say(`${engine}, ${minutes} minutes, Node ${process.versions.node}:`);
  const scene = await QuickScene.open(engine, REFRESH_MS).catch((error: Error) => void say(`  ${error.message}`));
  if (!scene) return false;
  const running = new Soak(scene);
  const megabytes: number[] = [];
  try {
    await scene.fill(PEOPLE);
    const end = performance.now() + minutes * 60_000;
    while (performance.now() < end) {
      await running.work(performance.now() + WORK_MS);
      await pause(GAP_MS);
      megabytes.push((await memoryOf(scene.mooring))?.now ?? 0);
    }
    await running.work(performance.now() + WORK_MS);
    say(`  ${running.done} requests, ${await scene.refreshes()} refreshes, none failed`);
    return staysLevel(megabytes);
  } catch (error) {
    const end = endOf(scene.mooring);
    say(`  after ${running.done} requests: ${end === undefined ? String(error) : `the server ended (${end})`}`);
    return false;
  } finally {
    await scene.close();
  }
}

const [given] = process.argv.slice(2);
const minutes = Number(given ?? DEFAULT_MINUTES);
if (given === '--help') {
  process.stdout.write(HELP);
} else if (!(minutes > 0)) {
  process.stderr.write(`MINUTES must be a number above 0, not ${given}.\n\n${HELP}`);
  process.exitCode = 64;
} else {
  const hasServer = !spawnSync('mariadbd', ['--version']).error;
  if (!hasServer) say('MariaDB is skipped: mariadbd is not installed.');
  const engines: Engine[] = hasServer ? ['SQLite', 'MariaDB'] : ['SQLite'];
  const outcomes: boolean[] = [];
  for (const engine of engines) outcomes.push(await soak(engine, minutes / engines.length));
  const holds = outcomes.every((one) => one);
  say(holds ? 'All runs passed.' : 'A run failed.');
  process.exitCode = holds ? 0 : 1;
}
