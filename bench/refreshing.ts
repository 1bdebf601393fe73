import { QuickScene } from './quick-scene.js';
import { round, say } from './rounds.js';

const OTHERS = 1_000;
const REFRESH_MS = 200;
/** The durations over which a thousand grants are refreshed, in seconds. A minute has a target; 10 s is far quicker than real. */
const [EVENLY, IN_A_RUSH] = [60, 10];
const ALONE_SECONDS = 10;
const LEAST_SHARE = 0.8;

/** Lets the grants of all users but the first expire, and verifies each of them, spread evenly over that many seconds. */
async function refreshOthers(scene: QuickScene, seconds: number): Promise<void> {
  const [first, ...others] = scene.members;
  if (!first) throw new Error('Nobody has logged in.');
  await scene.expireOthers(first);
  const begun = performance.now();
  const verifications = others.map(async (member, index) => {
    const at = begun + (index * seconds * 1_000) / others.length;
    await new Promise((done) => setTimeout(done, at - performance.now()));
    const text = await (await fetch(`${scene.url}/graphql`, scene.asked(member))).text();
    if (!text.includes('"VALID"')) throw new Error(`${member.username} was answered ${text}`);
  });
  await Promise.all(verifications);
}

/**
 * Measures verifications of a fresh grant, by itself and while a thousand others are refreshed. Returns whether the target
 * for their ratio is met.
 */
export async function measureRefreshing(): Promise<boolean> {
  const scene = await QuickScene.open('SQLite', REFRESH_MS);
  try {
    say(`Logging in ${OTHERS + 1} users ...`);
    await scene.fill(OTHERS + 1);
    const verified = (seconds: number) => round(`${scene.url}/graphql`, scene.asked(scene.members[0]), seconds);
    await verified(2);
    const shareBeside = async (seconds: number) => {
      const alone = await verified(ALONE_SECONDS);
      const [beside] = await Promise.all([verified(seconds), refreshOthers(scene, seconds)]);
      const share = beside.perSecond / alone.perSecond;
      const kept = `${share.toFixed(2)} of ${alone.perSecond.toFixed(0)}/s are left, p99 ${alone.p99} and ${beside.p99} ms`;
      say(`beside refreshes  ${OTHERS} in ${seconds} s: ${kept}`);
      return share;
    };
    const share = await shareBeside(EVENLY);
    await shareBeside(IN_A_RUSH);
    say(
      `                  (at least ${LEAST_SHARE} in ${EVENLY} s); ${await scene.refreshes()} refreshes of ${2 * OTHERS}`,
    );
    return share >= LEAST_SHARE;
  } finally {
    await scene.close();
  }
}
