import autocannon from 'autocannon';
import { Scene, setScene } from './scene.js';
import { memoryOf } from './server.js';

const CONNECTIONS = 50;
const ROUNDS = 4;
const LEAST_RATIO = 0.35;
const MOST_MEGABYTES = 200;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);

const HELP = `Measures verifyCliSecret over GraphQL against a bare Fastify POST with one prepared look-up on the same SQLite file.
${CONNECTIONS} connections, ${ROUNDS} alternating rounds; BENCH_SECONDS is the length of one (default 5).
Ends with 1 where the ratio is below ${LEAST_RATIO} or the memory above ${MOST_MEGABYTES} MB.
`;

const VERIFY =
  'query Verify($username: String!, $secret: Secret!) { verifyCliSecret(username: $username, secret: $secret) { valid status principal { username groups } } }';

interface Round {
  readonly perSecond: number;
  readonly p99: number;
}

const say = (text: string) => void process.stdout.write(`${text}\n`);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function round(url: string, headers: Record<string, string>, body: object, duration: number): Promise<Round> {
  const all = { 'content-type': 'application/json', ...headers };
  const options = {
    url,
    method: 'POST' as const,
    headers: all,
    body: JSON.stringify(body),
    connections: CONNECTIONS,
    duration,
  };
  const result = await autocannon(options);
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors.`);
  return { perSecond: result.requests.average, p99: result.latency.p99 };
}

function verification({ mooringUrl, serviceToken, secret }: Scene, duration = seconds): Promise<Round> {
  const body = { query: VERIFY, variables: { username: 'lin', secret } };
  return round(`${mooringUrl}/graphql`, { authorization: `Bearer ${serviceToken}` }, body, duration);
}

function lookUp({ baselineUrl }: Scene, duration = seconds): Promise<Round> {
  return round(`${baselineUrl}/lookup`, {}, { username: 'lin' }, duration);
}

async function measure(scene: Scene): Promise<boolean> {
  say('Warming up ...');
  await verification(scene, 2);
  await lookUp(scene, 2);
  const [ours, theirs]: [Round[], Round[]] = [[], []];
  for (let number = 1; number <= ROUNDS; number++) {
    ours.push(await verification(scene));
    theirs.push(await lookUp(scene));
    say(
      `round ${number} of ${ROUNDS}: ${ours.at(-1)?.perSecond} verifications/s, ${theirs.at(-1)?.perSecond} look-ups/s`,
    );
  }
  const [us, them] = [median(ours.map((one) => one.perSecond)), median(theirs.map((one) => one.perSecond))];
  const ratio = us / them;
  const memory = await memoryOf(scene.mooring);
  say(`verifyCliSecret   ${us.toFixed(0)}/s, p99 ${median(ours.map((one) => one.p99))} ms`);
  say(`bare look-up      ${them.toFixed(0)}/s, p99 ${median(theirs.map((one) => one.p99))} ms`);
  say(`ratio             ${ratio.toFixed(2)} (at least ${LEAST_RATIO})`);
  say(
    `resident memory   ${memory ? `${memory.now.toFixed(0)} MB, at most ${memory.peak.toFixed(0)} MB` : 'not known here'} (under ${MOST_MEGABYTES} MB)`,
  );
  return ratio >= LEAST_RATIO && (memory?.now ?? 0) < MOST_MEGABYTES;
}

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const scene = await setScene();
  const holds = await measure(scene).finally(() => scene.close());
  say(holds ? 'Both targets hold.' : 'A target is missed.');
  process.exitCode = holds ? 0 : 1;
}
