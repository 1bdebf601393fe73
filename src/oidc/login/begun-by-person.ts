import type { IncomingHttpHeaders } from 'node:http';

const OTHER_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site']);

/**
 * Whether a person may be opening a page, as far as the browser says (W3C Fetch Metadata Request Headers): a page of another
 * site may send people here, but not load this address as an image, script, frame or the like; and nothing is loaded ahead,
 * before the person follows a link. Browsers without these headers, and other clients, are taken at their word.
 */
export function isBegunByPerson(headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-dest': destination = 'document', 'sec-fetch-site': site } = headers;
  if (isAhead(headers)) return false;
  return destination === 'document' || !OTHER_SITES.has(site);
}

function isAhead({ 'sec-purpose': purpose, purpose: olderPurpose }: IncomingHttpHeaders): boolean {
  return [purpose, olderPurpose].some((one) => String(one ?? '').startsWith('prefetch'));
}
