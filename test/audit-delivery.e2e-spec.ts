import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { TestApp } from './support/app.js';
import { AUDIT, CREATE_TOKEN, CREATE_USER, SET_ADMIN } from './support/documents.js';

const AUDIT_WEBHOOK_SECRET = 'a-secret-of-at-least-32-characters';
const LOOK_AGAIN_MS = 20;

interface Event {
  readonly number: number;
  readonly id: string;
  readonly action: string;
  readonly changes: readonly unknown[];
}

describe('The audit log, delivered to a webhook', () => {
  let server: Server;
  let app: TestApp;
  let status = 200;
  const taken: Event[] = [];
  const refused: string[] = [];
  beforeEach(async () => {
    [taken.length, refused.length, status] = [0, 0, 200];
    server = createServer((request, response) => {
      void text(request).then((body) => {
        if (status === 200) taken.push(...(JSON.parse(body) as { events: Event[] }).events);
        else refused.push(body);
        response.writeHead(status, { location: '/elsewhere' }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    app = await TestApp.start({ ...variables(), AUDIT_WEBHOOK_SECRET });
  });
  afterEach(async () => {
    await app.stop();
    server.closeAllConnections();
    server.close();
  });

  const variables = () => ({ AUDIT_WEBHOOK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` });
  const until = async (isDone: () => boolean) => {
    while (!isDone()) await pause(LOOK_AGAIN_MS);
  };
  const createUser = async (username: string) => {
    const input = { username, password: 'First-password-1', email: `${username}@example.org` };
    return (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user.id as string;
  };

  it('is what administrators see, with what was changed', async () => {
    const userId = await createUser('lin');
    await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    await until(() => taken.length === 2);
    const shown = (await app.ask(app.admin, AUDIT, { first: 10 })).data.auditEvents.edges;
    const told = [...taken].reverse().map(({ number: _number, ...event }) => event);
    expect(told).toMatchObject(shown.map(({ node }: { node: object }) => node));
    expect(taken.map(({ number, action }) => [number, action])).toEqual([
      [1, 'user.create'],
      [2, 'user.set_admin'],
    ]);
    expect(taken[1]?.changes).toEqual([{ field: 'isAdmin', before: 'false', after: 'true' }]);
  });

  it('waits for a webhook that takes nothing, also over a restart, while everything else goes on', async () => {
    status = 500;
    await createUser('lin');
    await until(() => refused.length > 0);
    await createUser('sam');
    const { dataDir } = app.environment;
    await app.stop({ keepData: true });
    status = 200;
    app = await TestApp.start({
      ...{ ...variables(), AUDIT_WEBHOOK_SECRET, DATA_DIR: dataDir, ADMIN_PASSWORD: app.adminPassword },
    });
    await until(() => taken.length === 2);
    expect(taken.map(({ number, action }) => [number, action])).toEqual([
      [1, 'user.create'],
      [2, 'user.create'],
    ]);
    expect(app.log.join()).not.toContain(AUDIT_WEBHOOK_SECRET);
  });

  it('follows no redirect', async () => {
    status = 307;
    await createUser('lin');
    await until(() => app.log.some((line) => line.includes('it answered with HTTP 307')));
    expect(taken).toEqual([]);
  });

  it('is counted in the metrics, by receiver', async () => {
    await createUser('lin');
    await until(() => taken.length === 1);
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'prometheus', role: 'METRICS' } });
    const headers = { authorization: `Bearer ${data.createServiceToken.token}` };
    const scraped = await (await fetch(`${app.url}/metrics`, { headers })).text();
    expect(scraped).toMatch(/^mooring_audit_delivered_total\{receiver="webhook"\} [12]$/m);
  });
});
