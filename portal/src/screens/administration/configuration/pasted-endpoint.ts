/** What was corrected in a pasted address. */
export type Correction = 'SPACES' | 'QUOTES' | 'SCHEME' | 'WELL_KNOWN' | 'QUERY';

/** An address as it was pasted, and as the endpoint. */
export interface PastedEndpoint {
  readonly endpoint: string;
  /** The address of the discovery document, where the endpoint does not lead to it: the pasted one had a query. */
  readonly discoveryUrl: string | null;
  readonly corrections: readonly Correction[];
}

type Step = readonly [Correction, (text: string) => string];

/** In this order: each reads what the one before has left. */
const STEPS: readonly Step[] = [
  ['SPACES', (text) => text.replace(/^[\s\u200B\uFEFF]+|[\s\u200B\uFEFF]+$/g, '')],
  ['QUOTES', (text) => /^(?:"([^"]*)"|'([^']*)'|<([^<>]*)>),?$/.exec(text)?.slice(1).join('').trim() ?? text],
  ['SCHEME', withScheme],
  ['WELL_KNOWN', (text) => text.replace(/^([^?#]*)\/\.well-known\/openid-configuration\/?(?:#.*)?$/i, '$1')],
];

/**
 * Turns what people paste into the endpoint. A slash at the end is kept: the issuer may have one, and only the
 * provider's document tells.
 */
export function readPastedEndpoint(pasted: string): PastedEndpoint {
  const corrections: Correction[] = [];
  let endpoint = pasted;
  for (const [correction, step] of STEPS) {
    const before = endpoint;
    endpoint = step(before);
    if (endpoint !== before) corrections.push(correction);
  }
  const withQuery = /^([^?#]*)\/\.well-known\/openid-configuration\?[^#]+/i.exec(endpoint);
  if (!withQuery) return { endpoint, discoveryUrl: null, corrections };
  const [discoveryUrl, issuer = ''] = withQuery;
  return { endpoint: issuer, discoveryUrl, corrections: [...corrections, 'WELL_KNOWN', 'QUERY'] };
}

/** Only what looks like a host gets a scheme: a name with a dot, or localhost. */
function withScheme(text: string): string {
  const host = /^(?:\/\/)?((?:localhost|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)(?::\d+)?(?:\/\S*)?)$/iu.exec(text)?.[1];
  return host === undefined ? text : `https://${host}`;
}
