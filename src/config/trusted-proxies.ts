import { BlockList, isIP } from 'node:net';

/** The proxies trusted to report a client's address: a number of hops, or a list of addresses and networks. */
export type TrustedProxies = number | readonly string[];

/** The format that {@link trustedProxiesIn} accepts, in words. */
export const TRUSTED_PROXIES_FORM =
  'IP addresses or networks separated by commas, loopback, linklocal or uniquelocal, or a number of proxies up to 9';

const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...more] = text.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  const isRange = isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest && more.length === 0;
  return isRange || NETWORK_NAMES.includes(text);
}

/** The proxies in a text: none if it is empty, undefined if it is not valid. */
export function trustedProxiesIn(text: string): TrustedProxies | undefined {
  if (/^\d$/.test(text)) return Number(text);
  const networks = text === '' ? [] : text.split(',').map((part) => part.trim());
  return networks.every(isNetwork) ? networks : undefined;
}

type Network = readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'];

/** The networks behind the names, as Fastify's `trustProxy` knows them (RFC 1122, 1918, 3927, 4193 and 4291). */
const NAMED: Readonly<Record<string, readonly Network[]>> = {
  loopback: [
    ['127.0.0.0', 8, 'ipv4'],
    ['::1', 128, 'ipv6'],
  ],
  linklocal: [
    ['169.254.0.0', 16, 'ipv4'],
    ['fe80::', 10, 'ipv6'],
  ],
  uniquelocal: [
    ['10.0.0.0', 8, 'ipv4'],
    ['172.16.0.0', 12, 'ipv4'],
    ['192.168.0.0', 16, 'ipv4'],
    ['fc00::', 7, 'ipv6'],
  ],
};

function networksOf(text: string): readonly Network[] {
  const named = NAMED[text];
  if (named) return named;
  const [address = '', prefix] = text.split('/');
  const [family, longest] = isIP(address) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  return [[address, Number(prefix ?? longest), family]];
}

/** What says whether the peer of a connection is one of these proxies; false for an address that is no longer known. */
export function trustedPeersOf(proxies: TrustedProxies): (peer: string | undefined) => boolean {
  if (typeof proxies === 'number') return () => proxies > 0;
  const trusted = new BlockList();
  for (const network of proxies.flatMap(networksOf)) trusted.addSubnet(...network);
  return (peer) => {
    // A link-local address names its interface too (RFC 4007, section 11).
    const address = peer?.replace(/%.*/, '') ?? '';
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
