import { setTimeout as pause } from 'node:timers/promises';
import { compared, Round } from '../compared.js';
import { check, load } from '../load.js';
import type { Member, QuickScene } from '../quick-scene.js';
import { Rates } from '../report/row.js';
import { Bench, Scenario } from './scenario.js';

const OTHERS = 1_000;
/** Users whose grants stay fresh: the verifications that are measured are of them. */
const SPARED = 50;
const [REFRESH_MS, WITHIN_SECONDS, LEAST] = [200, 10, 0.8];
const [WARM_UP_SECONDS, ROUNDS] = [3, 2];
const [AGAIN_MS, PATIENCE_MS] = [500, 120_000];

/** Verifies a user whose grant has expired, and again while the answer is to try later, as registries and people do. */
async function refresh(scene: QuickScene, member: Member): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const text = await (await fetch(`${scene.url}/graphql`, scene.asked(member))).text();
    if (text.includes('"VALID"')) return;
    if (performance.now() > until) throw new Error(`${member.username} was answered ${text}`);
    await pause(AGAIN_MS);
  }
}

/** Lets the grants of all users but the spared ones expire, and verifies each of them, spread evenly over the time. */
async function refreshOthers(scene: QuickScene): Promise<void> {
  await scene.expireOthers(...scene.members.slice(0, SPARED));
  const begun = performance.now();
  const refreshed = scene.members.slice(SPARED).map(async (member, index) => {
    await pause(Math.max(0, begun + (index * WITHIN_SECONDS * 1000) / OTHERS - performance.now()));
    await refresh(scene, member);
  });
  await Promise.all(refreshed);
}

async function measure(bench: Bench, scene: QuickScene): Promise<Rates> {
  const spared = scene.members.slice(0, SPARED);
  const requests = spared.map((member) => ({ ...scene.asked(member), path: '/graphql' }));
  const target = { url: scene.url, requests, pid: scene.mooring.pid, expected: '"VALID"' };
  const verify = (seconds: number) => load(target, { seconds });
  await check(target);
  await verify(WARM_UP_SECONDS);
  const [beside, idle]: [Round[], Round[]] = [[], []];
  for (let number = 1; number <= ROUNDS; number++) {
    idle.push(await verify(bench.rounds.seconds));
    const [round] = await Promise.all([verify(WITHIN_SECONDS), refreshOthers(scene)]);
    beside.push(round);
    bench.tell(
      `round ${number} of ${ROUNDS}: ${round.perSecond.toFixed(0)}/s, idle ${idle.at(-1)?.perSecond.toFixed(0)}/s`,
    );
  }
  const refreshes = await scene.refreshes();
  if (refreshes < ROUNDS * OTHERS) throw new Error(`Only ${refreshes} of ${ROUNDS * OTHERS} grants were refreshed.`);
  const sides = compared(beside, idle);
  // The CPU time of the refreshes is in that of the verifications beside them.
  return { kind: 'rates', name: 'refreshing', against: 'itself, idle', ...sides, goal: LEAST, hasCpuGoal: false };
}

/** Verifications while other grants are refreshed. */
export const REFRESHING: Scenario = {
  name: 'refreshing',
  about: `verifyCliSecret on SQLite while ${OTHERS.toLocaleString('en')} other grants are refreshed within ${WITHIN_SECONDS} seconds, at a provider that takes ${REFRESH_MS} ms`,
  goal: `${LEAST} of itself, idle`,
  measure: async (bench) => {
    await bench.close();
    const { QuickScene } = await import('../quick-scene.js');
    const scene = await QuickScene.open('SQLite', REFRESH_MS);
    try {
      bench.tell(`logging in ${OTHERS + SPARED} users`);
      await scene.fill(OTHERS + SPARED);
      return [await measure(bench, scene)];
    } finally {
      await scene.close();
    }
  },
};
