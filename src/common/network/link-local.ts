import { lookup as systemLookup, LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP, LookupFunction } from 'node:net';

/**
 * Link-local addresses, and the other addresses of cloud metadata services as their manuals name them. These services give
 * credentials and configuration of the machine to any request from it (server-side request forgery).
 */
const NEVER_ASKED = new BlockList();
// RFC 3927: AWS, Azure, Google Cloud, Oracle, DigitalOcean, OpenStack (.169.254), Amazon ECS and EKS (.170.2, .170.23),
// Scaleway (.42.42), Tencent (.0.23).
NEVER_ASKED.addSubnet('169.254.0.0', 16, 'ipv4');
// RFC 4291, section 2.5.6; OpenStack answers at fe80::a9fe:a9fe.
NEVER_ASKED.addSubnet('fe80::', 10, 'ipv6');
// Amazon EC2, "Access instance metadata" (fd00:ec2::254); EKS Pod Identity (::23), name server (::253) and time (::123).
NEVER_ASKED.addSubnet('fd00:ec2::', 32, 'ipv6');
// Google Compute Engine, "About VM metadata": IPv6-only instances.
NEVER_ASKED.addAddress('fd20:ce::254', 'ipv6');
// Oracle Cloud Infrastructure, "Getting Instance Metadata" over IPv6.
NEVER_ASKED.addAddress('fd00:c1::a9fe:a9fe', 'ipv6');
// Scaleway, "Instance metadata" over IPv6.
NEVER_ASKED.addAddress('fd00:42::42', 'ipv6');
// Akamai (Linode), "Overview of the Metadata service".
NEVER_ASKED.addAddress('fd00:a9fe:a9fe::1', 'ipv6');
// Alibaba Cloud ECS, "Instance metadata".
NEVER_ASKED.addAddress('100.100.100.200', 'ipv4');
NEVER_ASKED.addAddress('fd00:100::100:200', 'ipv6');
// Oracle Cloud Infrastructure Classic, "Retrieving instance metadata".
NEVER_ASKED.addAddress('192.0.0.192', 'ipv4');
// Microsoft Azure, "What is IP address 168.63.129.16?": certificates and extensions of the machine.
NEVER_ASKED.addAddress('168.63.129.16', 'ipv4');

/**
 * The names of metadata services, as the same manuals have them: a proxy resolves names itself, so that their addresses are not
 * seen here. The short ones are completed by the resolvers of these clouds.
 */
const NEVER_ASKED_NAMES = new Set([
  ...['metadata', 'metadata.google.internal', 'metadata.goog', 'metadata.azure.internal'],
  ...['instance-data', 'instance-data.ec2.internal', 'metadata.tencentyun.com'],
]);

/**
 * Whether a literal address, with or without the brackets of a URL, or a known name of a metadata service must never be
 * connected to. False for every other name.
 */
export function isLinkLocal(host: string): boolean {
  if (NEVER_ASKED_NAMES.has(host.toLowerCase().replace(/\.$/, ''))) return true;
  const address = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(address);
  if (family === 4) return NEVER_ASKED.check(address, 'ipv4');
  if (family !== 6) return false;
  return NEVER_ASKED.check(address, 'ipv6') || embeddedIn(address).some((one) => NEVER_ASKED.check(one, 'ipv4'));
}

/** A form of IPv6 address that embeds an IPv4 address, which routers or the system extract. */
interface Embedding {
  /** The first bytes of such addresses, in hexadecimal. */
  readonly prefix: RegExp;
  /** The indices of the four bytes of the IPv4 address. */
  readonly bytes: readonly [number, number, number, number];
  /** Whether all bits are inverted (RFC 4380, section 4). */
  readonly isInverted?: true;
}

const LAST: Embedding['bytes'] = [12, 13, 14, 15];

const EMBEDDINGS: readonly Embedding[] = [
  // IPv4-compatible and IPv4-mapped (RFC 4291, section 2.5.5), IPv4-translated (RFC 2765, section 2.1).
  { prefix: /^0{20}(0000|ffff)/, bytes: LAST },
  { prefix: /^0{16}ffff0000/, bytes: LAST },
  // NAT64: the well-known prefix (RFC 6052, section 2.1), and the local one in each of its lengths (RFC 8215; section 2.2).
  { prefix: /^0064ff9b0{16}/, bytes: LAST },
  { prefix: /^0064ff9b0001/, bytes: LAST },
  { prefix: /^0064ff9b0001/, bytes: [6, 7, 9, 10] },
  { prefix: /^0064ff9b0001/, bytes: [7, 9, 10, 11] },
  { prefix: /^0064ff9b0001/, bytes: [9, 10, 11, 12] },
  // 6to4 (RFC 3056, section 2).
  { prefix: /^2002/, bytes: [2, 3, 4, 5] },
  // Teredo (RFC 4380, section 4): the server, and the client.
  { prefix: /^20010000/, bytes: [4, 5, 6, 7] },
  { prefix: /^20010000/, bytes: LAST, isInverted: true },
  // ISATAP (RFC 5214, section 6.1), under any prefix.
  { prefix: /^.{16}0[02]005efe/, bytes: LAST },
];

function embeddedIn(address: string): string[] {
  const digits = digitsOf(address);
  const bytes = Buffer.from(digits, 'hex');
  return EMBEDDINGS.filter(({ prefix }) => prefix.test(digits)).map(({ bytes: indices, isInverted }) =>
    indices.map((index) => bytes.readUInt8(index) ^ (isInverted ? 0xff : 0)).join('.'),
  );
}

/** The 32 hexadecimal digits of an IPv6 address, in any notation. */
function digitsOf(address: string): string {
  // URLs serialise each address in one way, without dots (WHATWG URL, section 3.5).
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':')).map((group) => group.padStart(4, '0'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0000'), ...last].join('');
}

/** Resolves a host name to all its addresses. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A DNS lookup for sockets that refuses a name if any of its addresses is such an address. The checked address is the one
 * connected to, so DNS rebinding gains nothing.
 *
 * @param refused makes the error for such a name
 */
export function lookupRefusingLinkLocal(refused: () => Error, resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => isLinkLocal(address))) return callback(refused(), '');
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
