import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { SecretText } from '../crypto/secret-text.js';
import { isLoopback } from './loopback.js';

/** A proxy for requests of ours. */
export interface ProxyServer {
  /** http or https, without credentials. */
  readonly url: URL;
  /** The `Proxy-Authorization` header; null without credentials. */
  readonly authorization: SecretText | null;
  /** The environment variable that names it. */
  readonly variable: string;
}

/** The proxies for requests to other servers, and the hosts that are asked without one. */
export interface EgressProxies {
  readonly https: ProxyServer | null;
  readonly http: ProxyServer | null;
  readonly exceptions: readonly ProxyException[];
}

/** Hosts that are asked without a proxy: an address, a network, or a name with all names below it. */
export interface ProxyException {
  readonly covers: (hostname: string) => boolean;
  /** Null: every port. */
  readonly port: string | null;
}

/** Every request is sent directly. */
export const NO_PROXIES: EgressProxies = { https: null, http: null, exceptions: [] };

/**
 * The proxy for a URL; null if it is asked directly. A loopback address is one of this machine, so that only a proxy on this
 * machine is asked for it.
 */
export function proxyFor(url: URL, { https, http, exceptions }: EgressProxies): ProxyServer | null {
  const proxy = url.protocol === 'https:' ? https : http;
  if (proxy === null || (isLoopback(url) && !isLoopback(proxy.url))) return null;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = plainHost(url.hostname);
  const isExcepted = exceptions.some((one) => (one.port ?? port) === port && one.covers(host));
  return isExcepted ? null : proxy;
}

/** A proxy as it may be shown: its address and its variable, without credentials. */
export function proxyInWords(proxy: ProxyServer): string {
  return `the proxy ${proxy.url.origin} (${proxy.variable})`;
}

/** Which proxies requests to the provider go through, in a sentence without credentials; null for none. */
export function egressInWords({ https, http, exceptions }: EgressProxies): string | null {
  const proxies = [https, http === https ? null : http].filter((proxy) => proxy !== null);
  if (proxies.length === 0) return null;
  const others = exceptions.length > 0 ? ', except to the hosts in NO_PROXY' : '';
  return `Requests to the OpenID provider go through ${proxies.map(proxyInWords).join(' or ')}${others}.`;
}

/** The hosts in a list as `NO_PROXY` has it: separated by commas or blanks, each with a port or without. */
export function proxyExceptionsIn(list: string): ProxyException[] {
  return list
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .map(exceptionOf);
}

function exceptionOf(entry: string): ProxyException {
  const [, named, port = null] = (isIP(entry) === 0 && /^(.+?):(\d+)$/.exec(entry)) || [entry, entry];
  const host = plainHost((named ?? entry).replace(/^\[(.*)\]\//, '$1/'));
  if (host === '*') return { covers: () => true, port };
  const network = networkIn(host);
  if (network) return { covers: (one) => isIP(one) !== 0 && network.check(one, familyOf(one)), port };
  const given = host.replace(/^\*?\./, '');
  const name = domainToASCII(given) || given;
  return { covers: (one) => one === name || one.endsWith(`.${name}`), port };
}

// Names are compared as URLs write them, without the brackets of an address and the dot of a complete name.
function plainHost(host: string): string {
  const lower = host.toLowerCase().replace(/^\[|\]$/g, '');
  return lower.length > 1 ? lower.replace(/\.$/, '') : lower;
}

function networkIn(host: string): BlockList | null {
  const [address = '', prefix, ...more] = host.split('/');
  const family = isIP(address);
  const longest = family === 6 ? 128 : 32;
  const bits = prefix === undefined ? longest : Number(/^\d{1,3}$/.test(prefix) ? prefix : NaN);
  if (family === 0 || !(bits <= longest) || more.length > 0) return null;
  const network = new BlockList();
  network.addSubnet(address, bits, familyOf(address));
  return network;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
