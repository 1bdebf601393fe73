import { isIPv6 } from 'node:net';

const LONGEST = 64;
/** No address is written like this. */
const ABSENT = '(absent)';
const GROUPS = 8;
/** An IPv6 customer has at least 64 bits of addresses to choose from (RFC 6177), so all of them count as one. */
const GROUPS_OF_A_CUSTOMER = 4;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The addresses among which one client can choose, as one text: an IPv4 address itself, also where it is written as IPv6
 * (RFC 4291, section 2.5.5.2), and of an IPv6 address its first 64 bits. What is no address is its own block, cut
 * after 64 characters; so is null, for what comes from clients that have gone away.
 */
export function addressBlock(address: string | null): string {
  if (address === null) return ABSENT;
  const plain = address.split('%')[0]?.slice(0, LONGEST) ?? '';
  const [, mapped] = MAPPED.exec(plain) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const groups = expanded(plain).slice(0, GROUPS_OF_A_CUSTOMER);
  return `${groups.map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function expanded(address: string): string[] {
  const [left = '', right] = address.split('::').map((half) => half.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0'));
  const parts = (half: string) => (half === '' ? [] : half.split(':'));
  if (right === undefined) return parts(left);
  const missing = GROUPS - parts(left).length - parts(right).length;
  return [...parts(left), ...Array<string>(missing).fill('0'), ...parts(right)];
}
