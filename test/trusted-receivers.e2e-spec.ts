import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { TestAuthority } from './support/certificates.js';
import { LOGIN } from './support/documents.js';
import { PASSWORD, variablesOf } from './support/installations.js';
import { ServerProcess } from './support/server-process.js';

const LOOK_AGAIN_MS = 20;

describe('The receivers of the audit log', () => {
  let folder = '';
  let server: ServerProcess | undefined;
  const receivers: Server[] = [];
  const taken: string[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-receivers-'));
    taken.length = 0;
  });
  afterEach(async () => {
    await server?.end('SIGTERM');
    for (const receiver of receivers.splice(0)) receiver.close();
    await rm(folder, { recursive: true });
  });
  const portOf = async (receiver: Server) => {
    receivers.push(receiver);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    return (receiver.address() as AddressInfo).port;
  };

  it('are trusted by an intermediate certificate of the operator, as a provider is', async () => {
    const intermediate = await (await TestAuthority.root()).intermediate();
    const { cert, key } = await intermediate.forServer();
    await writeFile(join(folder, 'authority.pem'), intermediate.cert);
    const webhook = await portOf(
      createHttpsServer({ cert, key }, (request, response) => {
        taken.push('webhook');
        request.resume().on('end', () => response.end());
      }),
    );
    const syslog = await portOf(
      createTlsServer({ cert, key }, (socket) => void text(socket).then(() => taken.push('syslog'))),
    );
    server = await ServerProcess.start({
      ...variablesOf(folder),
      ADMIN_PASSWORD: PASSWORD,
      NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
      AUDIT_WEBHOOK_URL: `https://localhost:${webhook}`,
      AUDIT_WEBHOOK_SECRET: 'a-secret-of-at-least-32-characters',
      AUDIT_SYSLOG_URL: `syslog+tls://localhost:${syslog}`,
    });
    await server.ready();
    const variables = { input: { username: 'admin', password: PASSWORD } };
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: LOGIN, variables }),
    });
    expect(await answer.json()).toMatchObject({ data: { login: { user: { username: 'admin' } } } });
    while (!taken.includes('webhook') || !taken.includes('syslog')) await pause(LOOK_AGAIN_MS);
  });
});
