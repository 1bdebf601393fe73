import { isIP } from 'node:net';

/** Whose word about the address of a client counts: so many proxies in front, or those at some addresses and networks. */
export type TrustedProxies = number | readonly string[];

/** What {@link trustedProxiesIn} reads, in words. */
export const TRUSTED_PROXIES_FORM =
  'IP addresses or networks separated by commas, loopback, linklocal or uniquelocal, or a number of proxies up to 9';

const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...more] = text.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  const isRange = isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest && more.length === 0;
  return isRange || NETWORK_NAMES.includes(text);
}

/** The proxies that a text names; none where it is empty, undefined where it names something else. */
export function trustedProxiesIn(text: string): TrustedProxies | undefined {
  if (/^\d$/.test(text)) return Number(text);
  const networks = text === '' ? [] : text.split(',').map((part) => part.trim());
  return networks.every(isNetwork) ? networks : undefined;
}
