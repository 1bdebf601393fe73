import { Asked, Target } from '../load.js';
import type { Credentials } from '../population.js';
import type { Scene } from '../scene.js';

/** The path of the registry's token service. */
const SCOPE = 'repository:cluster-99/app:pull';

const VERIFY =
  'query Verify($username: String!, $secret: Secret!) { verifyCliSecret(username: $username, secret: $secret) { valid status principal { username groups } } }';

/** A request with a JSON body. */
export function posted(path: string, body: object, headers: Record<string, string> = {}): Asked {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** The requests that verify these secrets, as a registry backend sends them. */
export function verifications(serviceToken: string, people: readonly Credentials[], query = VERIFY): Asked[] {
  const authorization = `Bearer ${serviceToken}`;
  return people.map(({ username, secret }) =>
    posted('/graphql', { query, variables: { username, secret } }, { authorization }),
  );
}

/**
 * Verifications at Mooring, of the users whose secrets are known in turns.
 *
 * @param status the answer to all of them
 */
export function verifying(scene: Scene, people = scene.known, status = 'VALID'): Target {
  const { mooringUrl: url, mooring, serviceToken } = scene;
  return { url, requests: verifications(serviceToken, people), pid: mooring.pid, expected: `"${status}"` };
}

/** The same users, looked up by the bare route. */
export function lookingUp({ baselineUrl: url, baseline, known }: Scene): Target {
  return {
    url,
    requests: known.map(({ username }) => posted('/lookup', { username })),
    pid: baseline.pid,
    expected: '"digest"',
  };
}

/** Registry tokens for users in 20 groups under 100 rules of theirs, one scope, by Basic. */
export function tokens({ mooringUrl: url, mooring, members }: Scene): Target {
  const requests = members.map(({ username, secret }): Asked => {
    const query = new URLSearchParams({ service: 'registry', scope: SCOPE, account: username });
    const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    return { method: 'GET', path: `/service/token?${query}`, headers: { authorization } };
  });
  return { url, requests, pid: mooring.pid, expected: '"token"' };
}

/** The bare look-up of the same users with one signature. */
export function signing({ baselineUrl: url, baseline, members }: Scene): Target {
  const query = (account: string) => new URLSearchParams({ scope: SCOPE, account });
  const requests = members.map(({ username }): Asked => ({ method: 'GET', path: `/token?${query(username)}` }));
  return { url, requests, pid: baseline.pid, expected: '"token"' };
}
