import { Round, round, median, say } from './rounds.js';
import { Scene } from './scene.js';

const ROUNDS = 4;
const LEAST_RATIO = 0.35;
const SCOPE = 'repository:cluster-99/app:pull';

/** One round of registry tokens for a user in 20 groups under 100 rules, one scope, by Basic. */
function tokens({ mooringUrl, member }: Scene, seconds: number): Promise<Round> {
  const query = new URLSearchParams({ service: 'registry', scope: SCOPE, account: member.username });
  const authorization = `Basic ${Buffer.from(`${member.username}:${member.secret}`).toString('base64')}`;
  return round(`${mooringUrl}/service/token?${query}`, { method: 'GET', headers: { authorization } }, seconds);
}

/** One round of the bare query with one signature. */
function signatures({ baselineUrl, member }: Scene, seconds: number): Promise<Round> {
  const query = new URLSearchParams({ scope: SCOPE, account: member.username });
  return round(`${baselineUrl}/token?${query}`, { method: 'GET' }, seconds);
}

/** Measures `GET /service/token` against a bare query with one ES256 signature; returns whether the ratio is met. */
export async function measureTokens(scene: Scene, seconds: number): Promise<boolean> {
  await tokens(scene, 2);
  await signatures(scene, 2);
  const [ours, theirs]: [Round[], Round[]] = [[], []];
  for (let number = 1; number <= ROUNDS; number++) {
    ours.push(await tokens(scene, seconds));
    theirs.push(await signatures(scene, seconds));
    say(`round ${number} of ${ROUNDS}: ${ours.at(-1)?.perSecond} tokens/s, ${theirs.at(-1)?.perSecond} bare ones/s`);
  }
  const [us, them] = [median(ours.map((one) => one.perSecond)), median(theirs.map((one) => one.perSecond))];
  const ratio = us / them;
  say(`/service/token    ${us.toFixed(0)}/s, p99 ${median(ours.map((one) => one.p99))} ms`);
  say(`bare signature    ${them.toFixed(0)}/s, p99 ${median(theirs.map((one) => one.p99))} ms`);
  say(`ratio             ${ratio.toFixed(2)} (at least ${LEAST_RATIO})`);
  return ratio >= LEAST_RATIO;
}
