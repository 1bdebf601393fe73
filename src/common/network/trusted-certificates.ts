import * as tls from 'node:tls';
import { certificatesIn } from '../crypto/certificates.js';

/** Node from 22.15 on; the types are those of Node 20. */
const NEWER = tls as { readonly getCACertificates?: (type: 'default' | 'system') => readonly string[] };

/** The contexts made last: that of the settings of a provider, and that of everything else. */
let kept: { readonly given: string; readonly context: tls.SecureContext } | undefined;
let plain: tls.SecureContext | undefined;

/**
 * What the certificate of a server that Mooring connects to may lead to: the given certificates, those of Node (with NODE_EXTRA_CA_CERTS, except on a Node
 * before 22.15 where certificates are given) and, from Node 22.15 on, those of the system. Each of them is an anchor, also an
 * intermediate one (RFC 5280, section 6.1.1 d).
 *
 * @param given PEM certificates; null for none
 */
export function contextTrusting(given: string | null): tls.SecureContext {
  // To read all lists takes some tens of milliseconds.
  if (given === null) return (plain ??= newContext(null, ownCertificates()));
  if (kept?.given !== given) kept = { given, context: newContext(given, ownCertificates()) };
  return kept.context;
}

function newContext(given: string | null, own: readonly string[] | null): tls.SecureContext {
  // `ca` replaces the list of Node, which counts without it.
  const ca = given === null ? own : [...(own ?? tls.rootCertificates), ...certificatesIn(given).map(String)];
  return tls.createSecureContext({ ...(ca && { ca: [...ca] }), allowPartialTrustChain: true });
}

/** The certificates of Node and the system; null where this version of Node does not list them. */
function ownCertificates({ getCACertificates: list } = NEWER): readonly string[] | null {
  return list ? [...new Set([...list('default'), ...list('system')])] : null;
}

/** The lists of trusted certificates besides those of the settings, in words. */
export function ownListsInWords({ getCACertificates: list } = NEWER): string {
  const own = `the list that Node ${process.versions.node} brings`;
  return list ? `${own}, and the system's` : `${own}; the system's is read from Node 22.15 on`;
}
