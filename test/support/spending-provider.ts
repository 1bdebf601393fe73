import { HostileIssuer, Misbehaviour } from './hostile-provider.js';

/**
 * A provider that takes the client by `client_secret_post` only, and ends the code with each refusal of the client.
 *
 * @param isFickle whether it refuses whichever method comes first
 */
export function spending(issuer: () => HostileIssuer, isFickle = false): Misbehaviour {
  const spent = new Set<string>();
  return {
    answer: (endpoint, _request, response) => {
      if (endpoint !== 'token') return false;
      const { authorization, form } = issuer().asked.at(-1)!;
      const code = String(form.get('code'));
      const isSpent = spent.has(code);
      const isRefused = isFickle ? !isSpent : authorization !== undefined;
      if (isRefused) spent.add(code);
      else if (!isSpent) return false;
      const [status, error] = isRefused ? [401, 'invalid_client'] : [400, 'invalid_grant'];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      return true;
    },
  };
}
