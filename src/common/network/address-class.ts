import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** The kind of network that an address is in; all but the last are also names of networks in `TRUST_PROXY`. */
export type AddressClass = 'loopback' | 'linklocal' | 'uniquelocal' | 'public';

function networks(...ranges: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6');
  return list;
}

/** RFC 1122, 3927, 1918 and 4193; the same networks that `TRUST_PROXY` means by these names. */
const NETWORKS: readonly (readonly [AddressClass, BlockList])[] = [
  ['loopback', networks(['127.0.0.0', 8], ['::1', 128])],
  ['linklocal', networks(['169.254.0.0', 16], ['fe80::', 10])],
  ['uniquelocal', networks(['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['fc00::', 7])],
];

/** The class of an address; `public` if it is in no local network, or is not an IP address. IPv4-mapped IPv6 is IPv4. */
export function addressClass(address: string): AddressClass {
  const [plain = ''] = address.split('%');
  if (!isIPv4(plain) && !isIPv6(plain)) return 'public';
  const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
  return NETWORKS.find(([, list]) => list.check(plain, family))?.[0] ?? 'public';
}
