import { isIP } from 'node:net';

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
