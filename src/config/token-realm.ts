import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from './env.js';
import { publicUrlOf, REGISTRY_TOKEN_PATH } from './public-urls.js';

/** The part of the environment that says where registry clients find Mooring and the registries. */
export type RealmPlace = Pick<Environment, 'publicUrl' | 'registryUrls'>;

/** Why some registry clients refuse the realm, and what to do. */
export interface RealmProblem {
  readonly detail: string;
  readonly remedy: string;
}

/** The addresses that a host name leads to; none if it leads nowhere. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const LOOKUP_MS = 2_000;

const CRANE = 'crane 0.22.1 and later, and what is built on it (ko, cosign, kaniko)';
const ORAS = 'oras 1.3.6 and later, and what is built on oras-go 2.7';

const SAME_HOST =
  'Serve the registry and Mooring at one host name and port (examples/nginx/one-host.conf), or set PUBLIC_URL to an https URL with a host name of its own.';
const USE_HTTPS = 'Set PUBLIC_URL to an https URL, and correct the realm in the configuration of the registry.';

function networks(...ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    list.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}

const NEARBY = ['127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', '224.0.0.0/24', 'ff02::/16', '::/128'];
/** What crane refuses where a realm is written as an address (go-containerregistry, `ipaddr.IsPrivateOrLinkLocal`). */
const REFUSED_BY_CRANE = networks(
  ...[...NEARBY, '0.0.0.0/32'],
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
);
/** What oras refuses to send credentials to (oras-go, `defaultBlockedRealmPrefixes`): metadata services of clouds, too. */
const REFUSED_BY_ORAS = networks(
  ...[...NEARBY, '0.0.0.0/8', '100.100.100.200/32', '168.63.129.16/32'],
  ...['fd00:ec2::254/128', 'fd00:ec2::23/128', 'fd20:ce::254/128'],
);

const isIn = (list: BlockList, address: string) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** The URL to which registries send their clients for a token: the `realm` of their configuration. */
export function tokenRealmOf(at: Pick<Environment, 'publicUrl'>): string {
  return publicUrlOf(at, REGISTRY_TOKEN_PATH);
}

/**
 * Why registry clients of 2026 refuse the realm: they do not send credentials from a registry to a private address, or from
 * https to http. None if nothing is known that they refuse. Without REGISTRY_PUBLIC_URL only an IP address as the host is.
 *
 * @param resolve by default asks the name server of this machine, for two seconds at most
 */
export async function realmProblems(place: RealmPlace, resolve: Resolve = addressesOf): Promise<RealmProblem[]> {
  const host = place.publicUrl.hostname.replace(/^\[|\]$/g, '');
  const isAddress = isIP(host) !== 0;
  const registries = place.registryUrls ?? [];
  if (registries.length === 0 && !isAddress) return [];
  const realm: Realm = {
    publicUrl: place.publicUrl,
    host,
    addresses: isAddress ? [host] : await resolve(host),
    isAddress,
  };
  if (registries.length > 0) return registries.flatMap((registry) => problemsFor(realm, registry));
  return [byCrane(realm, 'a registry at any other host or port'), byOras(realm, 'a registry at any other host')].flat();
}

interface Realm {
  readonly publicUrl: URL;
  /** Without brackets. */
  readonly host: string;
  readonly addresses: readonly string[];
  /** Whether the host is written as an address. */
  readonly isAddress: boolean;
}

function problemsFor(realm: Realm, registry: URL): RealmProblem[] {
  const subject = `the registry at ${registry.origin}`;
  if (registry.protocol === 'https:' && realm.publicUrl.protocol === 'http:') {
    const detail = `${CRANE}, and ${ORAS}, refuse ${realm.publicUrl.origin} as the realm of ${subject}, because it has no TLS.`;
    return [{ detail, remedy: USE_HTTPS }];
  }
  return [
    ...(realm.publicUrl.host === registry.host ? [] : byCrane(realm, subject)),
    ...(realm.publicUrl.hostname === registry.hostname ? [] : byOras(realm, subject)),
  ];
}

function byCrane({ publicUrl, host, isAddress }: Realm, subject: string): RealmProblem[] {
  if (!isAddress || !isIn(REFUSED_BY_CRANE, host)) return [];
  const detail = `${CRANE}, refuse ${publicUrl.host} as the realm of ${subject}, because it is a private address.`;
  return [{ detail, remedy: SAME_HOST }];
}

function byOras({ publicUrl, addresses, isAddress }: Realm, subject: string): RealmProblem[] {
  const refused = addresses.find((address) => isIn(REFUSED_BY_ORAS, address));
  if (refused === undefined) return [];
  const reason = isAddress ? 'it is an address of that machine only' : `it leads to ${refused} here`;
  return [
    { detail: `${ORAS}, refuse ${publicUrl.host} as the realm of ${subject}, because ${reason}.`, remedy: SAME_HOST },
  ];
}

async function addressesOf(host: string): Promise<readonly string[]> {
  const found = lookup(host, { all: true }).then((all) => all.map(({ address }) => address));
  const none = pause(LOOKUP_MS, [], { ref: false });
  return Promise.race([found.catch(() => []), none]);
}
