import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GaleraCluster, GaleraNode } from '../support/galera.js';
import { ServerProcess } from '../support/server-process.js';

const PASSWORD = 'Correct-horse-7';
const NOTICED_MS = 2_000;
const LOOK_AGAIN_MS = 20;
const CREATE_TOKEN = 'mutation($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';
const REVISION = '{ configuration { revision } }';
const CHANGE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const USERS = '{ users(first: 1) { edges { node { username } } } }';

describe('A replica at a node of a cluster', () => {
  let cluster: GaleraCluster;
  let folder: string;
  let servers: ServerProcess[];

  beforeAll(async () => {
    cluster = await GaleraCluster.start();
    await cluster.nodes[0]!.query('CREATE DATABASE IF NOT EXISTS mooring');
    folder = await mkdtemp(join(tmpdir(), 'mooring-quorum-'));
    const ENCRYPTION_KEY = randomBytes(32).toString('base64');
    servers = [];
    for (const [index, node] of cluster.nodes.entries()) {
      const databases = "SHOW DATABASES LIKE 'mooring'";
      await node.until(async () => (await node.query(databases)).length > 0, 'has the database');
      const DATA_DIR = join(folder, String(index));
      const given = { DATABASE_URL: node.url('mooring'), DATA_DIR, ENCRYPTION_KEY, ADMIN_PASSWORD: PASSWORD };
      servers.push(await (await ServerProcess.start(given)).ready());
    }
  });
  afterEach(async () => {
    for (const server of servers) await server.ready();
  });
  afterAll(async () => {
    for (const server of servers) if (server.isRunning) await server.end('SIGKILL');
    await cluster.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const isReady = async (server: ServerProcess) => (await fetch(`${server.url}/health/ready`)).ok;
  /** Asks until the answer is another one; how long that took, in milliseconds. */
  const untilReady = async (server: ServerProcess, wanted: boolean) => {
    const began = performance.now();
    while ((await isReady(server)) !== wanted) await pause(LOOK_AGAIN_MS);
    return performance.now() - began;
  };
  const codesOf = (answer: { errors?: { extensions: { code: string } }[] }) =>
    (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const write = async (server: ServerProcess, name: string) =>
    codesOf(await server.ask(PASSWORD, CREATE_TOKEN, { input: { name, role: 'VERIFIER' } }));
  const read = async (server: ServerProcess) => codesOf(await server.ask(PASSWORD, USERS));

  const knowsOfNone = (node: GaleraNode) =>
    node.until(async () => (await node.status('wsrep_cluster_status')) !== 'Primary', 'has no quorum');

  it('that is cut off from the others is not ready within two seconds, refuses with SERVICE_UNAVAILABLE, and comes back', async () => {
    const [node, server] = [cluster.nodes[2]!, servers[2]!];
    await node.setIsolated(true);
    try {
      expect(await untilReady(server, false)).toBeLessThan(NOTICED_MS);
      await knowsOfNone(node);
      expect(await untilReady(server, false)).toBeLessThan(NOTICED_MS);
      for (let tries = 0; tries < 20; tries++) {
        expect(await read(server)).toEqual(['SERVICE_UNAVAILABLE']);
        expect(await write(server, `cut-off-${tries}`)).toEqual(['SERVICE_UNAVAILABLE']);
      }
      expect(await write(servers[0]!, 'meanwhile')).toEqual([]);
    } finally {
      await node.setIsolated(false);
    }
    await untilReady(server, true);
    expect(await write(server, 'back')).toEqual([]);
  });

  it('that hangs is not ready within two seconds, and comes back by itself', async () => {
    const [node, server] = [cluster.nodes[1]!, servers[1]!];
    node.server.signal('SIGSTOP');
    try {
      expect(await untilReady(server, false)).toBeLessThan(NOTICED_MS);
      // Writes of the others wait until the group has done without the node.
      await untilReady(servers[0]!, true);
    } finally {
      node.server.signal('SIGCONT');
    }
    await untilReady(server, true);
    expect(await write(server, 'awake')).toEqual([]);
  });

  it('never answers a conflict with INTERNAL_SERVER_ERROR, and what it acknowledges is there at every node', async () => {
    const acknowledged: string[] = [];
    const seen = new Set<string>();
    await Promise.all(
      servers.map(async (server, index) => {
        for (let number = 0; number < 50; number++) {
          const name = `busy-${index}-${number}`;
          const codes = await write(server, name);
          for (const code of codes) seen.add(code);
          if (codes.length === 0) acknowledged.push(name);
        }
      }),
    );
    expect([...seen].filter((code) => code !== 'SERVICE_UNAVAILABLE')).toEqual([]);
    for (const index of cluster.nodes.keys()) {
      const connection = await cluster.connect(index);
      const [rows] = await connection.query("SELECT name FROM service_tokens WHERE name LIKE 'busy-%'");
      await connection.end();
      const names = new Set((rows as { name: string }[]).map(({ name }) => name));
      expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    }
  });

  it('acknowledges each change of one row once, however many change it at all nodes, and refuses the others', async () => {
    const revisionAt = async (server: ServerProcess) =>
      Number((await server.ask(PASSWORD, REVISION)).data.configuration.revision);
    const before = await revisionAt(servers[0]!);
    const codes: string[] = [];
    const change = async (server: ServerProcess) => {
      const input = { revision: await revisionAt(server), patch: { registrationsPerHour: 10 + codes.length } };
      codes.push(codesOf(await server.ask(PASSWORD, CHANGE, { input }))[0] ?? 'CHANGED');
    };
    const changeOften = async (server: ServerProcess) => {
      for (let number = 0; number < 40; number++) await change(server);
    };
    await Promise.all([...servers, ...servers].map(changeOften));
    const changed = codes.filter((code) => code === 'CHANGED').length;
    expect(new Set(codes)).toEqual(new Set(['CHANGED', 'CONFLICT']));
    for (const server of servers) expect(await revisionAt(server)).toBe(before + changed);
  });
});
