const MOST_ORIGINS = 20;
const LONGEST_ORIGIN = 255;

/** The problem of a list of web origins, if any: each is a scheme, a host and perhaps a port (RFC 6454, section 6.1). */
export function webOriginsProblem(origins: readonly string[]): string | undefined {
  if (origins.length > MOST_ORIGINS) return `must not contain more than ${MOST_ORIGINS} origins.`;
  if (new Set(origins).size < origins.length) return 'must not contain the same origin twice.';
  const isWrong = origins.some((origin) => origin.length > LONGEST_ORIGIN || !isWebOrigin(origin));
  return isWrong
    ? 'has an entry that is not an origin such as https://ui.example.com: http or https, a host in lower case and perhaps a port, without a path and without *.'
    : undefined;
}

function isWebOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text && !url.host.includes('*');
}
