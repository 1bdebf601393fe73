import { spawnSync } from 'node:child_process';
import { measureRefreshing } from './refreshing.js';
import { measureTokens } from './registry-token.js';
import { CONNECTIONS, median, Round, round, say } from './rounds.js';
import { Scene, setScene } from './scene.js';
import { memoryOf } from './server.js';

const ROUNDS = 4;
const LEAST_RATIO = 0.35;
const MOST_MEGABYTES = 200;
const seconds = Number(process.env.BENCH_SECONDS ?? 5);

const HELP = `Measures, on SQLite:
- GET /service/token (one scope, 20 groups, 100 rules) against a bare query with one ES256 signature,
- verifyCliSecret over GraphQL against a bare Fastify POST with one prepared query on the same file,
- verifyCliSecret of a fresh grant while 1,000 others are refreshed within a minute, and within ten seconds, at a provider that takes 200 ms;
and, if mariadbd is installed, verifyCliSecret on MariaDB in the same way, against one prepared statement of mysql2.
${CONNECTIONS} connections, ${ROUNDS} alternating rounds; BENCH_SECONDS is the length of a round (default 5).
Exits with 1 if a ratio on SQLite is below ${LEAST_RATIO}, the memory above ${MOST_MEGABYTES} MB, or the ratio during refreshes below 0.8.
`;

const VERIFY =
  'query Verify($username: String!, $secret: Secret!) { verifyCliSecret(username: $username, secret: $secret) { valid status principal { username groups } } }';

const json = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

function verification({ mooringUrl, serviceToken, secret }: Scene, duration = seconds): Promise<Round> {
  const body = { query: VERIFY, variables: { username: 'lin', secret } };
  const headers = { authorization: `Bearer ${serviceToken}` };
  return round(`${mooringUrl}/graphql`, json(body, headers), duration);
}

function lookUp({ baselineUrl }: Scene, duration = seconds): Promise<Round> {
  return round(`${baselineUrl}/lookup`, json({ username: 'lin' }), duration);
}

/** Whether the targets are met; each is stated where it is checked. */
async function measureVerifications(scene: Scene, hasTargets = true): Promise<boolean> {
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
  say(`bare query        ${them.toFixed(0)}/s, p99 ${median(theirs.map((one) => one.p99))} ms`);
  const target = (text: string) => (hasTargets ? ` (${text})` : '');
  say(`ratio             ${ratio.toFixed(2)}${target(`at least ${LEAST_RATIO}`)}`);
  const resident = memory ? `${memory.now.toFixed(0)} MB, at most ${memory.peak.toFixed(0)} MB` : 'not known here';
  say(`resident memory   ${resident}${target(`under ${MOST_MEGABYTES} MB`)}`);
  return ratio >= LEAST_RATIO && (memory?.now ?? 0) < MOST_MEGABYTES;
}

/** The same verifications on MariaDB, for comparison; it has no target. */
async function measureOnServer(): Promise<void> {
  if (spawnSync('mariadbd', ['--version']).error)
    return say('MariaDB           not measured: mariadbd is not installed');
  say('On MariaDB:');
  const onServer = await setScene('MariaDB');
  await measureVerifications(onServer, false).finally(() => onServer.close());
}

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const onFile = await setScene('SQLite');
  const both = async () => [await measureTokens(onFile, seconds), await measureVerifications(onFile)];
  const targets = await both().finally(() => onFile.close());
  targets.push(await measureRefreshing());
  await measureOnServer();
  const holds = targets.every((one) => one);
  say(holds ? 'All targets are met.' : 'A target is missed.');
  process.exitCode = holds ? 0 : 1;
}
