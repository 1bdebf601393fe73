import autocannon from 'autocannon';
import { once } from 'node:events';
import { Api, apiOf } from '../demo/api.js';
import { mannWhitney } from '../test/support/rank-test.js';
import { CONNECTIONS, median, round, say } from './rounds.js';
import { Scene, setScene } from './scene.js';

const TRIALS = Number(process.env.BENCH_TRIALS ?? 2000);
const WARM_UP = 300;
const FLOOD_PER_SECOND = 1000;
const FLOOD_CONNECTIONS = 10;
const ROUNDS = 3;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
/** How likely one of two kinds may be the slower one; one half is the same. Beyond it the difference is gross. */
const GROSS = 0.75;

const HELP = `Measures what somebody who guesses can learn and can do.
${TRIALS} alternating trials (BENCH_TRIALS): does an unknown user, or one without a secret, take as long as a wrong secret? A rank test
(Mann-Whitney) says how likely one takes longer than the other: 0.50 is the same.
Then verifications a second of the right secret, alone and beside ${FLOOD_PER_SECOND} different wrong passwords a second.
Ends with 1 where a kind of refusal is the slower one more often than ${GROSS} of the time.
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

/** Whether nothing gross sets the kinds of refusal apart. */
async function tellApart({ mooringUrl, serviceToken, admin, secret }: Scene): Promise<boolean> {
  await endSecretOfSam(admin);
  // Where users do not exist, whoever was last right is read instead.
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

/** Different wrong passwords at a steady pace, for the administrator, whose passwords cost a hash. */
function flood({ mooringUrl }: Scene): autocannon.Instance {
  let number = 0;
  const setupRequest = (request: autocannon.Request) => {
    const credentials = Buffer.from(`admin:wrong-${number++}`).toString('base64');
    return { ...request, headers: { authorization: `Basic ${credentials}` } };
  };
  const options = {
    url: `${mooringUrl}/service/token?service=registry`,
    ...{ connections: FLOOD_CONNECTIONS, overallRate: FLOOD_PER_SECOND, duration: 600 },
    requests: [{ setupRequest }],
  };
  return autocannon(options, () => undefined);
}

async function underFlood(scene: Scene): Promise<void> {
  await verifications(scene);
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let number = 0; number < ROUNDS; number++) {
    alone.push((await verifications(scene)).perSecond);
    const flooding = flood(scene);
    beside.push((await verifications(scene)).perSecond);
    const stopped = once(flooding, 'done');
    flooding.stop();
    await stopped;
  }
  say(`verifications     ${median(alone).toFixed(0)}/s alone, ${CONNECTIONS} connections`);
  say(`                  ${median(beside).toFixed(0)}/s beside ${FLOOD_PER_SECOND} wrong passwords a second`);
}

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const scene = await setScene('SQLite');
  const all = async () => {
    const isSame = await tellApart(scene);
    await underFlood(scene);
    return isSame;
  };
  process.exitCode = (await all().finally(() => scene.close())) ? 0 : 1;
}
