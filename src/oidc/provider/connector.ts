import { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isLinkLocal, linkLocalRefused, lookupBeyondLinkLocal } from './link-local.js';
import { contextTrusting } from './trusted-certificates.js';

/** How one provider is connected to. */
export interface ConnectionOptions {
  readonly verifyCertificate: boolean;
  /** PEM certificates that are trusted in addition to those of Node and the system. */
  readonly caCertificates: string | null;
  /** Resolves host names; by default the system's lookup, which refuses link-local addresses. */
  readonly lookup?: LookupFunction;
}

/**
 * Connects to the endpoints of one provider. Its CA certificates and "verify off" apply to nothing else. Refuses link-local
 * addresses and those of metadata services, written or behind a name.
 */
export function connectorTo(options: ConnectionOptions): buildConnector.connector {
  const { verifyCertificate: rejectUnauthorized, lookup = lookupBeyondLinkLocal() } = options;
  const secureContext = contextTrusting(options.caCertificates);
  const connect = buildConnector({ lookup, rejectUnauthorized, secureContext });
  return (endpoint, callback) => {
    if (isLinkLocal(endpoint.hostname)) callback(linkLocalRefused(), null);
    else connect(endpoint, callback);
  };
}
