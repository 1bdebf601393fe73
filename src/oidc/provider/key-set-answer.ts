import { BoundedFetch } from './bounded-fetch.js';

/**
 * Whether a provider answers with a key set (RFC 7517, section 5). Nothing of it is kept, and no failure is thrown: it is a
 * sign of life.
 *
 * @param deadlineMs the deadline of the request, in milliseconds
 */
export async function answersWithKeys(
  jwksUri: string,
  connections: Pick<BoundedFetch, 'fetch'>,
  deadlineMs: number,
): Promise<boolean> {
  try {
    const headers = { accept: 'application/json, application/jwk-set+json' };
    const answer = await connections.fetch(jwksUri, { method: 'GET', headers, deadlineMs });
    const body = (await answer.json()) as { keys?: unknown } | null;
    return answer.ok && Array.isArray(body?.keys);
  } catch {
    return false;
  }
}
