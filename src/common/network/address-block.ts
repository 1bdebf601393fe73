import { isIPv4, isIPv6 } from 'node:net';

const LONGEST = 64;
/** Stands for a missing address; no real address looks like this. */
const ABSENT = '(absent)';
const GROUPS = 8;
/** An IPv6 customer gets at least a /64 to choose from (RFC 6177), so a /64 counts as one address. */
const GROUPS_OF_A_CUSTOMER = 4;
/** An IPv6 site gets up to a /48 (RFC 6177), and tunnel brokers and hosting companies give one to anybody. */
const GROUPS_OF_A_SITE = 3;
/** Some proxies forward the client's port too, which is another one for each connection. */
const WITH_PORT = /^(?:\[([\da-f:.%\w]+)\](?::\d{1,5})?|(\d+\.\d+\.\d+\.\d+):\d{1,5})$/i;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The block of addresses from which one client can choose: an IPv4 address itself, also if written as IPv6 (RFC 4291,
 * section 2.5.5.2), or the first 64 bits of an IPv6 address. A text that is not an address is its own block, cut after
 * 64 characters. All disconnected clients (null) share one block.
 */
export function addressBlock(address: string | null): string {
  const plain = plainForm(address);
  return isIPv6(plain) ? `${startOf(plain, GROUPS_OF_A_CUSTOMER)}::/64` : plain;
}

/**
 * The network of an address, all blocks of which may have one owner: the first 24 bits of IPv4, the first 48 of IPv6.
 * A text that is not an address is its own network.
 */
export function addressNetwork(address: string | null): string {
  const plain = plainForm(address);
  if (isIPv6(plain)) return `${startOf(plain, GROUPS_OF_A_SITE)}::/48`;
  return isIPv4(plain) ? plain.replace(/\d+$/, '0/24') : plain;
}

/** The address without a port and a zone; IPv4-mapped IPv6 becomes IPv4. */
function plainForm(address: string | null): string {
  if (address === null) return ABSENT;
  const [, bracketed, plainV4] = WITH_PORT.exec(address.slice(0, LONGEST)) ?? [];
  const plain = (bracketed ?? plainV4 ?? address).split('%')[0]?.slice(0, LONGEST) ?? '';
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
