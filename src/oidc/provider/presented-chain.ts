import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ConnectionOptions, connectorTo } from './connector.js';

/** The certificates that a server presents, as they are, trusted or not. */
export interface PresentedChain {
  /** Whether it sends its own certificate only, without that of the issuer. */
  readonly isAlone: boolean;
  /** The name of the authority that issued its own certificate, as it stands there. */
  readonly issuer: string;
  /** Until when its own certificate is valid. */
  readonly validTo: Date;
}

/** Looks at the certificates behind a URL, and sends nothing there; null if they can't be seen in time. */
export function presentedChain(
  url: URL,
  options: ConnectionOptions,
  deadlineMs: number,
): Promise<PresentedChain | null> {
  const connect = connectorTo({ ...options, verifyCertificate: false });
  const { hostname, host, protocol, port } = url;
  const endpoint = { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port };
  return new Promise((done) => {
    const timer = setTimeout(() => done(null), deadlineMs);
    connect(endpoint, (_error, socket) => {
      clearTimeout(timer);
      done(socket && chainOf(socket));
      socket?.destroy();
    });
  });
}

function chainOf(socket: Socket): PresentedChain | null {
  if (!(socket instanceof TLSSocket)) return null;
  const own = socket.getPeerCertificate(true);
  if (!own.raw) return null;
  const { CN: name, O: organisation } = own.issuer;
  return {
    isAlone: [undefined, own].includes(own.issuerCertificate),
    issuer: [name ?? organisation].flat().join(', '),
    validTo: new Date(own.valid_to),
  };
}
