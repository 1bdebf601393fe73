import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { Cluster } from '../support/cluster.js';
import { CREATE_TOKEN, SET_ADMIN } from '../support/documents.js';

const REPLICAS = 3;
const EVENTS = Number(process.env.AUDIT_EVENTS ?? 500);
const KILL_EVERY_MS = 1_000;
const CALLERS = 6;
const AUDIT_WEBHOOK_SECRET = 'a-secret-of-at-least-32-characters';
/** An answer takes that long, so that some processes are killed between the delivery and the note of it. */
const ANSWER_MS = 20;

interface Event {
  readonly number: number;
  readonly id: string;
}

describe('While the process that delivers the audit log is killed each second', () => {
  let cluster: Cluster;
  let webhook: Server;
  const taken: Event[] = [];
  /** The place of the replica that delivered last, as its path says. */
  let deliverer = 0;
  beforeAll(async () => {
    webhook = createServer((request, response) => {
      void text(request)
        .then(async (body) => {
          taken.push(...(JSON.parse(body) as { events: Event[] }).events);
          deliverer = Number(request.url?.slice(1));
          await pause(ANSWER_MS);
          response.writeHead(204).end();
        })
        // The process that sent it was killed.
        .catch(() => undefined);
    });
    await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
    cluster = await Cluster.start(0);
    const start = (_none: unknown, index: number) => cluster.newReplica(variablesOf(index));
    cluster.replicas.push(...(await Promise.all(Array.from({ length: REPLICAS }, start))));
  });
  afterAll(async () => {
    await cluster.stop();
    webhook.closeAllConnections();
    webhook.close();
  });

  const variablesOf = (index: number) => {
    const { port } = webhook.address() as AddressInfo;
    return { AUDIT_WEBHOOK_URL: `http://127.0.0.1:${port}/${index}`, AUDIT_WEBHOOK_SECRET };
  };
  const written = async () => {
    const [[row]] = await cluster.database.query<RowDataPacket[]>('SELECT COUNT(*) AS events FROM audit_events');
    return Number(row?.events);
  };
  /** Refused changes by a known user: each has a row of its own. */
  const writeEvents = async () => {
    const created = await cluster.ask(cluster.admin, CREATE_TOKEN, { input: { name: 'load', role: 'ADMIN' } });
    const bearer = created.data.createServiceToken.token as string;
    const input = { userId: 'nobody', isAdmin: true };
    let refused = 0;
    const one = async () => {
      while (refused < EVENTS) {
        const answer = await cluster.ask({ bearer }, SET_ADMIN, { input }).catch(() => undefined);
        if (answer?.code === 'NOT_FOUND') refused++;
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, one));
  };
  const distinct = () => new Set(taken.map(({ id }) => id)).size;
  /** Kills the deliverer each second, as long as another replica is there, until all of this is delivered. */
  const killUntilDelivered = async (work: Promise<void>) => {
    const starting = new Map<number, Promise<unknown>>();
    let [isWritten, kills] = [false, 0];
    void work.finally(() => (isWritten = true));
    while (!isWritten || distinct() < (await written())) {
      await pause(KILL_EVERY_MS);
      const index = deliverer;
      if (starting.has(index) || starting.size > 1) continue;
      kills++;
      const started = cluster.replace(index, variablesOf(index)).finally(() => starting.delete(index));
      starting.set(index, started);
    }
    await Promise.all(starting.values());
    return kills;
  };

  it('every event arrives, in order, and what comes twice is counted', async () => {
    const kills = await killUntilDelivered(writeEvents());
    const events = await written();
    const [rows] = await cluster.database.query<RowDataPacket[]>('SELECT id FROM audit_events');
    expect(new Set(taken.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id as string)));
    const first = [...new Map(taken.map((event) => [event.id, event.number])).values()];
    expect(first).toEqual(Array.from({ length: events }, (_, index) => index + 1));
    expect(kills).toBeGreaterThan(3);
    process.stdout.write(`Audit delivery: ${events} events, ${kills} kills, ${taken.length - events} came twice\n`);
  });
});
