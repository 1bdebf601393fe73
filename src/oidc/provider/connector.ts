import { isIP, LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { EgressProxies, NO_PROXIES, proxyFor } from '../../common/network/egress-proxy.js';
import { contextTrusting } from '../../common/network/trusted-certificates.js';
import { asProviderFailure } from './provider-failure.js';
import { isLinkLocal, linkLocalRefused, lookupBeyondLinkLocal } from './link-local.js';
import { tunnelTo } from './tunnel.js';

/** The deadline of a proxy to open a tunnel, in milliseconds: less than that of an exchange, so that the proxy is named. */
export const TUNNEL_DEADLINE_MS = 5_000;

/** How one provider is connected to. */
export interface ConnectionOptions {
  readonly verifyCertificate: boolean;
  /** PEM certificates that are trusted in addition to those of Node and the system. */
  readonly caCertificates: string | null;
  /** Resolves host names; by default the system's lookup, which refuses link-local addresses. */
  readonly lookup?: LookupFunction;
  /** The proxies to connect through; by default none. */
  readonly egress?: EgressProxies;
  /** The deadline of a proxy to open a tunnel, in milliseconds; by default {@link TUNNEL_DEADLINE_MS}. */
  readonly tunnelDeadlineMs?: number;
}

/**
 * Connects to the endpoints of one provider, through a proxy where there is one for it. Its CA certificates and "verify off"
 * apply to nothing else. Refuses link-local addresses and those of metadata services: written, by the known names of these
 * services, and behind any name that is resolved here. A proxy resolves names itself.
 */
export function connectorTo(options: ConnectionOptions): buildConnector.connector {
  const { verifyCertificate: rejectUnauthorized, lookup = lookupBeyondLinkLocal(), egress = NO_PROXIES } = options;
  const secureContext = contextTrusting(options.caCertificates);
  const connect = buildConnector({ lookup, rejectUnauthorized, secureContext });
  const { tunnelDeadlineMs = TUNNEL_DEADLINE_MS } = options;
  return (endpoint, callback) => {
    if (isLinkLocal(endpoint.hostname)) return callback(linkLocalRefused(), null);
    const url = urlOf(endpoint);
    const proxy = proxyFor(url, egress);
    if (proxy === null) return connect(endpoint, callback);
    const authority = `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
    tunnelTo(authority, proxy, tunnelDeadlineMs).then(
      (httpSocket) => {
        if (url.protocol === 'https:') connect({ ...endpoint, httpSocket }, callback);
        else callback(null, httpSocket);
      },
      (error: unknown) => callback(asProviderFailure(error), null),
    );
  };
}

function urlOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port ? `:${port}` : ''}`);
}
