import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { createSecureContext, createServer as createTlsServer, SecureContext } from 'node:tls';
import { TestAuthority } from '../../../test/support/certificates.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import type { DeliveredEvent } from './delivered-event.js';

const EVENTS = [{ number: 1, action: 'login', outcome: 'SUCCEEDED', actor: {}, target: null }] as unknown as [
  DeliveredEvent,
];

/** In place of the lists of Node, the operator and the system, which a process reads when it starts. */
const contextTrusting = jest.fn<(given: string | null) => SecureContext>();
jest.unstable_mockModule('../../common/network/trusted-certificates.js', () => ({ contextTrusting }));
const { WebhookReceiver } = await import('./webhook-receiver.js');
const { SyslogReceiver } = await import('./syslog-receiver.js');

describe('The receivers of the audit log', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const portOf = async (server: Server) => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };

  it('are trusted by the lists that every other server is trusted by', async () => {
    const root = await TestAuthority.root();
    const certified = await root.forServer();
    contextTrusting.mockReturnValue(createSecureContext({ ca: root.cert }));
    const webhookPort = await portOf(
      createHttpsServer(certified, (request, response) => void request.resume().on('end', () => response.end())),
    );
    const url = new URL(`https://localhost:${webhookPort}`);
    const webhook = new WebhookReceiver({ url, secret: new SecretText('x'.repeat(32)) }, new FakeClock());
    let read = '';
    const syslogPort = await portOf(
      createTlsServer(certified, (socket) => void text(socket).then((all) => (read = all))),
    );
    const syslog = new SyslogReceiver(new URL(`syslog+tls://localhost:${syslogPort}`));
    const { signal } = new AbortController();
    await webhook.send(EVENTS, signal);
    await syslog.send(EVENTS, signal);
    expect(read).toContain('mooring');
    expect(contextTrusting.mock.calls).toEqual([[null], [null]]);
    await webhook.close();
  });
});
