import { isIPv4, isIPv6 } from 'node:net';

const LONGEST = 64;
/** No address is written like this. */
const ABSENT = '(absent)';
const GROUPS = 8;
/** An IPv6 customer has at least 64 bits of addresses to choose from (RFC 6177), so all of them count as one. */
const GROUPS_OF_A_CUSTOMER = 4;
/** A site gets so many bits of IPv6 (RFC 6177), and tunnels and hosts give them to anybody. */
const GROUPS_OF_A_SITE = 3;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The addresses among which one client can choose, as one text: an IPv4 address itself, also where it is written as IPv6
 * (RFC 4291, section 2.5.5.2), and of an IPv6 address its first 64 bits. What is no address is its own block, cut
 * after 64 characters; so is null, for what comes from clients that have gone away.
 */
export function addressBlock(address: string | null): string {
  const plain = plainForm(address);
  return isIPv6(plain) ? `${startOf(plain, GROUPS_OF_A_CUSTOMER)}::/64` : plain;
}

/**
 * The network of an address, as one text: what one owner may have all blocks of. Of IPv4 it is the first 24 bits, of IPv6
 * the first 48; whatever is no address is its own.
 */
export function addressNetwork(address: string | null): string {
  const plain = plainForm(address);
  if (isIPv6(plain)) return `${startOf(plain, GROUPS_OF_A_SITE)}::/48`;
  return isIPv4(plain) ? plain.replace(/\d+$/, '0/24') : plain;
}

/** The address itself, IPv4 where it is written as IPv6, without a zone. */
function plainForm(address: string | null): string {
  if (address === null) return ABSENT;
  const plain = address.split('%')[0]?.slice(0, LONGEST) ?? '';
  return MAPPED.exec(plain)?.[1] ?? plain;
}

function startOf(address: string, groups: number): string {
  const start = expanded(address).slice(0, groups);
  return start.map((group) => parseInt(group, 16).toString(16)).join(':');
}

function expanded(address: string): string[] {
  const [left = '', right] = address.split('::').map((half) => half.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0'));
  const parts = (half: string) => (half === '' ? [] : half.split(':'));
  if (right === undefined) return parts(left);
  const missing = GROUPS - parts(left).length - parts(right).length;
  return [...parts(left), ...Array<string>(missing).fill('0'), ...parts(right)];
}
