import { connect as connectTcp, Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';
import { isLinkLocal, lookupRefusingLinkLocal } from '../../common/network/link-local.js';
import { contextTrusting } from '../../common/network/trusted-certificates.js';
import { deadlineOf } from './deadline.js';
import type { DeliveredEvent } from './delivered-event.js';
import { NotTaken, Receiver } from './receiver.js';
import { framed, syslogMessageOf } from './syslog-message.js';

/** How long the receiver may take for a connection and its end; in milliseconds. */
const DEADLINE_MS = 10_000;
/**
 * How long a receiver has to keep a connection after everything was sent, before it is ended: one that refuses it, or a proxy
 * whose receiver is down, ends it at once, which looks like the end of one that has read everything. In milliseconds.
 */
const SETTLES_MS = 250;
/** A syslog receiver says nothing; in bytes. */
const LONGEST_ANSWER = 16_384;
const DEFAULT_PORT = 6514;

const NOT_WAITED_FOR = 'it was not waited for any longer';

const linkLocalRefused = () => new NotTaken('its address is link-local or one of a metadata service');

/**
 * Sends audit events by syslog over TLS (RFC 5425), or over TCP to this machine. Syslog has no acknowledgement. So each batch has a
 * connection, which is ended a moment after it: the receiver has read everything when it ends its side only then, and without an
 * error. This is no proof: only the webhook has one.
 */
export class SyslogReceiver implements Receiver {
  readonly name = 'syslog';

  constructor(
    private readonly url: URL,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  send(events: readonly DeliveredEvent[], signal: AbortSignal): Promise<void> {
    const text = events.map((event) => framed(syslogMessageOf(event, hostname()))).join('');
    return new Promise((resolve, reject) => {
      const late = () => give(new NotTaken('it did not read everything in time'));
      if (isLinkLocal(this.url.hostname)) return reject(linkLocalRefused());
      if (signal.aborted) return reject(new NotTaken(NOT_WAITED_FOR));
      const socket = this.connect();
      const deadline = deadlineOf(this.deadlineMs, signal);
      let isEnded = false;
      let settling: NodeJS.Timeout | undefined;
      const give = (error?: NotTaken) => {
        clearTimeout(settling);
        deadline.clear();
        socket.destroy();
        if (error) reject(error);
        else resolve();
      };
      const end = () => {
        isEnded = true;
        socket.end();
      };
      deadline.signal.addEventListener('abort', late);
      socket.on('error', (error) => give(error instanceof NotTaken ? error : new NotTaken(problemOf(error))));
      const settle = () => (settling = setTimeout(end, SETTLES_MS));
      socket.once(this.isTls ? 'secureConnect' : 'connect', () => socket.write(text, (error) => !error && settle()));
      socket.on('data', () => {
        if (socket.bytesRead > LONGEST_ANSWER) give(new NotTaken('it sent too much'));
      });
      socket.once('end', () => give(isEnded ? undefined : new NotTaken('it ended the connection')));
      socket.once('close', () => give(new NotTaken('it broke the connection')));
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private get isTls(): boolean {
    return this.url.protocol === 'syslog+tls:';
  }

  private connect(): Socket {
    const host = this.url.hostname.replace(/^\[|\]$/g, '');
    const address = { host, port: Number(this.url.port || DEFAULT_PORT), allowHalfOpen: true };
    const lookup = lookupRefusingLinkLocal(linkLocalRefused);
    if (!this.isTls) return connectTcp({ ...address, lookup });
    return connectTls({ ...address, lookup, secureContext: contextTrusting(null) });
  }
}

function problemOf(error: Error): string {
  return `no connection (${(error as NodeJS.ErrnoException).code ?? error.name})`;
}
