import { Api, apiOf } from '../demo/api.js';
import { mannWhitney } from '../test/support/rank-test.js';
import { CONNECTIONS, median, round, say } from './rounds.js';
import { Scene, setScene } from './scene.js';
import { end, startNode } from './server.js';

const TRIALS = Number(process.env.BENCH_TRIALS ?? 2000);
const WARM_UP = 300;
const FLOOD_PER_SECOND = 1000;
const ROUNDS = 3;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
/** The maximum probability that one kind of refusal is slower than another; 0.5 means equal. Above it they differ grossly. */
const GROSS = 0.75;
/** The minimum ratio of verifications during a flood of wrong passwords to those during one of as many right ones. */
const LEAST_LEFT = 0.9;

const HELP = `Measures what guessing reveals, and how much it slows others.
${TRIALS} alternating trials (BENCH_TRIALS): does an unknown user, or one without a secret, take as long as a wrong secret? A rank test
(Mann-Whitney) gives the probability that one takes longer than the other: 0.50 means equal.
Then verifications per second of the right secret: alone, with ${FLOOD_PER_SECOND} right token requests per second, and with as many that
have different wrong passwords, to separate the cost of a request from the cost of a wrong password.
Exits with 1 if one kind of refusal is slower with a probability above ${GROSS}, or if wrong passwords leave verification less
than ${LEAST_LEFT} of its speed beside right ones.
`;

const VERIFY =
  'query Verify($username: String!, $secret: Secret!) { verifyCliSecret(username: $username, secret: $secret) { status } }';
const USERS = '{ users(filter: { search: "sam" }) { edges { node { id } } } }';
const REVOKE = 'mutation($input: RevokeUserCliSecretInput!) { revokeUserCliSecret(input: $input) { user { id } } }';

async function endSecretOfSam(admin: Api): Promise<void> {
  const { users } = await admin<{ users: { edges: { node: { id: string } }[] } }>(USERS);
  await admin(REVOKE, { input: { userId: users.edges[0]?.node.id } });
}

async function timesOf(api: Api, secret: string): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = { lin: [], nobody: [], sam: [] };
  for (let trial = 0; trial < TRIALS + WARM_UP; trial++) {
    for (const [username, taken] of Object.entries(times)) {
      const began = performance.now();
      await api(VERIFY, { username, secret });
      if (trial >= WARM_UP) taken.push(performance.now() - began);
    }
  }
  return times;
}

/** Whether the kinds of refusal do not differ grossly in response time. */
async function tellApart({ mooringUrl, serviceToken, admin, secret }: Scene): Promise<boolean> {
  await endSecretOfSam(admin);
  // For an unknown user, the row of the last successful user is read instead.
  await apiOf(mooringUrl, `Bearer ${serviceToken}`)(VERIFY, { username: 'lin', secret });
  const {
    lin = [],
    nobody = [],
    sam = [],
  } = await timesOf(apiOf(mooringUrl, `Bearer ${serviceToken}`), 'Wrong-secret-1');
  let isSame = true;
  for (const [kind, times] of Object.entries({ 'unknown user': nobody, 'user without a secret': sam })) {
    const { likelihood, z } = mannWhitney(lin, times);
    say(
      `wrong secret, ${median(lin).toFixed(3)} ms, against ${kind}, ${median(times).toFixed(3)} ms: ${likelihood.toFixed(3)} (z = ${z.toFixed(2)}, ${TRIALS} trials)`,
    );
    if (likelihood > GROSS || likelihood < 1 - GROSS) isSame = false;
  }
  return isSame;
}

function verifications({ mooringUrl, serviceToken, secret }: Scene) {
  const body = JSON.stringify({ query: VERIFY, variables: { username: 'lin', secret } });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${serviceToken}` };
  return round(`${mooringUrl}/graphql`, { method: 'POST', headers, body }, seconds);
}

/** Verifications per second during a flood of token requests, with wrong passwords if none is given. */
async function beside(scene: Scene, ...credentials: readonly string[]): Promise<number> {
  const args = [scene.mooringUrl, String(FLOOD_PER_SECOND), ...credentials];
  const flood = startNode(['--import', 'tsx', 'bench/flood.ts', ...args]);
  const { perSecond } = await verifications(scene).finally(() => end(flood));
  return perSecond;
}

/** Whether a flood of wrong passwords slows verification no more than as many right ones do. */
async function underFlood(scene: Scene): Promise<boolean> {
  await verifications(scene);
  const [alone, right, wrong]: [number[], number[], number[]] = [[], [], []];
  for (let number = 0; number < ROUNDS; number++) {
    alone.push((await verifications(scene)).perSecond);
    right.push(await beside(scene, 'lin', scene.secret));
    wrong.push(await beside(scene, 'admin'));
  }
  const [besideRight, besideWrong] = [median(right), median(wrong)];
  say(`verifications     ${median(alone).toFixed(0)}/s alone, ${CONNECTIONS} connections`);
  say(
    `                  ${besideRight.toFixed(0)}/s beside ${FLOOD_PER_SECOND} token requests with the right secret a second`,
  );
  say(`                  ${besideWrong.toFixed(0)}/s beside ${FLOOD_PER_SECOND} with wrong passwords`);
  return besideWrong >= besideRight * LEAST_LEFT;
}

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const scene = await setScene('SQLite');
  const all = async () => {
    const isSame = await tellApart(scene);
    const isSpared = await underFlood(scene);
    return isSame && isSpared;
  };
  process.exitCode = (await all().finally(() => scene.close())) ? 0 : 1;
}
