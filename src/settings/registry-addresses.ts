import { isIPv6 } from 'node:net';

const MOST_ADDRESSES = 20;
const LONGEST_ADDRESS = 255;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const PARTS = /^(?<host>[^[\]:]+|\[(?<ip>[^[\]]+)\])(?::(?<port>[1-9]\d{0,4}))?$/;
const HIGHEST_PORT = 65_535;

/** The problem of a list of registry addresses, if any: each is a host and perhaps a port, as docker takes it. */
export function registryAddressesProblem(addresses: readonly string[]): string | undefined {
  if (addresses.length > MOST_ADDRESSES) return `must not contain more than ${MOST_ADDRESSES} addresses.`;
  if (new Set(addresses).size < addresses.length) return 'must not contain the same address twice.';
  const isWrong = addresses.some((address) => address.length > LONGEST_ADDRESS || !isRegistryAddress(address));
  return isWrong
    ? 'has an entry that is not an address such as registry.example.com or registry.example.com:5000: a host in lower case and perhaps a port, without a scheme and without a path.'
    : undefined;
}

function isRegistryAddress(text: string): boolean {
  const { host = '', ip, port = '1' } = PARTS.exec(text)?.groups ?? {};
  return Number(port) <= HIGHEST_PORT && (ip === undefined ? HOST.test(host) : isIPv6(ip) && !ip.includes('%'));
}
