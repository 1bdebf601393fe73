import { publicUrlAt, publicUrlOf } from '../../config/public-urls.js';
import { leadsToServer } from '../direct-address.js';
import type { DoctorContext } from '../doctor-context.js';
import { declareCodes, Finding } from '../finding.js';
import { askHttp } from '../http-question.js';

/** What can be found of the header in which a proxy names the client. */
export const FORWARDING_CODES = declareCodes({
  PROXY_NOT_TRUSTED: {
    severity: 'warning',
    why: 'All users count as one address: one who guesses passwords slows all others down, and the audit log names the proxy.',
  },
  PROXY_NAMES_NOBODY: {
    severity: 'warning',
    why: 'All users count as one address: one who guesses passwords slows all others down, and the audit log names the proxy.',
  },
  PROXY_TRUSTED_TOO_FAR: {
    severity: 'error',
    why: 'Every client can name any address in the header, and so escape throttling and falsify the audit log.',
  },
});

/** What the server says of the headers of a request (`/health/forwarding`). */
export interface Forwarding {
  readonly forwarded: 'NONE' | 'READ' | 'UNREAD';
  readonly hops: number;
}

const NGINX = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;';
/** Documentation only (RFC 5737): nobody has it. */
const FORGED = '203.0.113.9';

/** The address of a server that runs with this environment, without a proxy. */
export const directAddressOf = ({ environment: { host, port } }: DoctorContext) => publicUrlAt(host, port);

/** Asks the server through PUBLIC_URL what a proxy on the way adds, and whether that is read. */
export async function forwardingFindings(context: DoctorContext, signal: AbortSignal): Promise<Finding[]> {
  const plain = await forwardingAt(context, signal, {});
  if (!plain) return [];
  const isDirect = await leadsToServer(context.environment);
  const { trustedProxies } = context.environment;
  // An address of a list may be trusted together with all others of its network: only a number can reach too far.
  if (typeof trustedProxies !== 'number' || trustedProxies === 0) return proxyFindings(plain, isDirect);
  const forged = await forwardingAt(context, signal, { 'x-forwarded-for': FORGED });
  const isTooFar = forged !== null && forged.hops > plain.hops;
  return [...proxyFindings(plain, isDirect), ...(isTooFar ? [tooFarFinding(trustedProxies, plain)] : [])];
}

export function proxyFindings({ forwarded }: Forwarding, isDirect: boolean): Finding[] {
  if (forwarded === 'UNREAD') {
    const found =
      'A proxy names the client in a header, and Mooring does not read it: TRUST_PROXY does not cover the proxy.';
    const fix =
      'Set TRUST_PROXY to the address or network of the proxy, such as loopback; a proxy that sends only Forwarded also needs X-Forwarded-For.';
    return [FORWARDING_CODES.PROXY_NOT_TRUSTED(found, fix)];
  }
  // Mooring has no TLS, so that another address than its own is that of a proxy.
  if (forwarded === 'READ' || isDirect) return [];
  const found = 'PUBLIC_URL leads through a proxy that does not name the client.';
  const fix = `For nginx: ${NGINX} and TRUST_PROXY with the address of the proxy.`;
  return [FORWARDING_CODES.PROXY_NAMES_NOBODY(found, fix)];
}

/**
 * What is said of a number that reaches beyond the proxies on the way from here. Users may come through more of them, such as
 * those of a CDN: then the number is right for users, and too large for everybody who comes past the CDN.
 *
 * @param plain what the server said of a request without a header of its own
 */
export function tooFarFinding(proxies: number, { hops }: Forwarding): Finding {
  const onTheWay = hops - 1;
  const found = `TRUST_PROXY=${proxies} reaches further than the proxies on the way from this machine that name the client (${onTheWay}): an address that a client sent was read.`;
  const always = `If users come through no more than these, set TRUST_PROXY=${onTheWay}.`;
  const behindMore = `If they come through more, such as a CDN, let nobody past it, or list the addresses and networks of all of them in TRUST_PROXY in place of a number.`;
  return FORWARDING_CODES.PROXY_TRUSTED_TOO_FAR(found, `${always} ${behindMore}`);
}

/** Null if a server of an older release answers, or none. */
async function forwardingAt(
  { environment }: DoctorContext,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>>,
): Promise<Forwarding | null> {
  const answer = await askHttp(publicUrlOf(environment, '/health/forwarding'), signal, headers);
  if ('failure' in answer || answer.status !== 200) return null;
  try {
    const { forwarded, hops } = JSON.parse(answer.body) as Partial<Forwarding>;
    return forwarded && hops ? { forwarded, hops } : null;
  } catch {
    return null;
  }
}
