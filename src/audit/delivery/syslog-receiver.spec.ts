import { afterEach, describe, expect, it } from '@jest/globals';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { TestAuthority } from '../../../test/support/certificates.js';
import type { DeliveredEvent } from './delivered-event.js';
import { framed, syslogMessageOf } from './syslog-message.js';
import { SyslogReceiver } from './syslog-receiver.js';

const EVENT: DeliveredEvent = {
  ...{
    number: 7,
    id: '019acb4e-7d0c-7c6e-9a3b-0f6f6c1f2a10',
    at: '2026-11-28T16:40:00.000Z',
    action: 'user.set_admin',
  },
  actor: { kind: 'USER', id: 'a', label: 'admin' },
  target: { type: 'user', id: 'b', label: 'J"ür]gen\\' },
  ...{ outcome: 'SUCCEEDED', count: 1, reason: null, detail: null },
  changes: [{ field: 'isAdmin', before: 'false', after: 'true' }],
  ...{ remoteAddress: '192.0.2.7', requestId: null },
};
const DEADLINE_MS = 500;

describe(syslogMessageOf, () => {
  it('has a header, structured data and the event as JSON', () => {
    const message = syslogMessageOf(EVENT, 'host 1');
    const [, header, data, json = ''] = /^(.*?) (\[.*[^\\]\]) (\{.*)$/.exec(message) ?? [];
    expect(header).toBe('<110>1 2026-11-28T16:40:00.000Z host1 mooring - user.set_admin');
    expect(data).toBe(
      '[mooring@32473 number="7" id="019acb4e-7d0c-7c6e-9a3b-0f6f6c1f2a10" action="user.set_admin" outcome="SUCCEEDED" count="1" address="192.0.2.7" actorKind="USER" actorId="a" actor="admin" targetType="user" targetId="b" target="J\\"ür\\]gen\\\\"]',
    );
    expect(JSON.parse(json)).toEqual(EVENT);
    expect(json).toMatch(/^[\x20-\x7e]*$/);
  });

  it('is framed by its length in bytes', () => {
    expect(framed('ü')).toBe('2 ü');
  });
});

describe(SyslogReceiver, () => {
  let server: Server;
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  const open = async (one: Server) => {
    server = one.on('connection', (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    return (one.address() as AddressInfo).port;
  };
  const sendTo = (url: string) => {
    return new SyslogReceiver(new URL(url), DEADLINE_MS).send([EVENT, EVENT], new AbortController().signal);
  };
  const expected = framed(syslogMessageOf(EVENT, hostname()));

  it('sends framed messages, and has delivered them when the receiver has read them', async () => {
    let read = '';
    const port = await open(createServer((socket) => void text(socket).then((all) => (read = all))));
    await sendTo(`tcp://127.0.0.1:${port}`);
    expect(read).toBe(expected + expected);
  });

  it('does not take a connection that breaks for a delivery', async () => {
    const port = await open(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    await expect(sendTo(`tcp://127.0.0.1:${port}`)).rejects.toThrow(/connection/);
  });

  it.each([
    ['at once, like a proxy whose receiver is down', (socket: Socket) => void socket.resume().end()],
    ['after it has read something', (socket: Socket) => void socket.once('data', () => socket.end()).resume()],
  ])('does not take a connection that is ended %s for a delivery', async (_when, end) => {
    const port = await open(createServer(end));
    await expect(sendTo(`tcp://127.0.0.1:${port}`)).rejects.toThrow('it ended the connection');
  });

  it('sends nothing after it was stopped', async () => {
    let connections = 0;
    const port = await open(createServer(() => connections++));
    const receiver = new SyslogReceiver(new URL(`tcp://127.0.0.1:${port}`), DEADLINE_MS);
    await expect(receiver.send([EVENT], AbortSignal.abort())).rejects.toThrow('not waited for');
    expect(connections).toBe(0);
  });

  it('does not wait for one that reads nothing', async () => {
    const port = await open(createServer({ allowHalfOpen: true, pauseOnConnect: true }));
    await expect(sendTo(`tcp://127.0.0.1:${port}`)).rejects.toThrow('in time');
  });

  it('trusts no certificate that it can not verify', async () => {
    const port = await open(createTlsServer(await (await TestAuthority.root()).forServer()));
    await expect(sendTo(`syslog+tls://localhost:${port}`)).rejects.toThrow(/^no connection \(.*(CERT|SIGNATURE)/);
  });

  it('connects to no link-local address', async () => {
    await open(createServer());
    await expect(sendTo('syslog+tls://169.254.169.254:6514')).rejects.toThrow('link-local');
  });
});
