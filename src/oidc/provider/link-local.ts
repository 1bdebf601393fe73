import { lookup as systemLookup, LookupAddress, LookupOptions } from 'node:dns';
import { BlockList, isIP, LookupFunction } from 'node:net';
import { ProviderError } from './provider.errors.js';

// Where clouds serve the credentials of a machine to whoever asks from it (RFC 3927, RFC 4291 section 2.5.6); the
// block list holds IPv4-mapped addresses equal to plain ones, NAT64 (RFC 6052) must be named.
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');
LINK_LOCAL.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

/** Whether a literal address, with or without the brackets of a URL, is link-local. False for a host name. */
export function isLinkLocal(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(address);
  return family !== 0 && LINK_LOCAL.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** The refusal of a connection to a link-local address. */
export function linkLocalRefused(): ProviderError {
  return new ProviderError(
    'The OpenID provider publishes an address of the local link, which is never asked. Check the OIDC endpoint.',
    'link-local address refused',
  );
}

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A look-up for sockets that refuses a name if any of its addresses is link-local: the address that was checked is the
 * one connected to, so a name that changes its mind gains nothing.
 */
export function lookupBeyondLinkLocal(resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      if (addresses.length === 0 || addresses.some(({ address }) => isLinkLocal(address))) {
        return callback(linkLocalRefused(), '');
      }
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0].address, addresses[0].family);
    });
  };
}
