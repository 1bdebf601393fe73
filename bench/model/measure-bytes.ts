import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf } from '../../demo/api.js';
import { freePort } from '../../test/support/free-port.js';
import { wordsAreStored } from '../behind-start.js';
import { populate, RealSizes } from '../population.js';
import { installationOf } from '../scene.js';
import { end, ready, startArguments, startNode } from '../server.js';
import { Engine, openStore, Store } from '../stores.js';
import type { BytesOfTables } from './measured.js';

const PASSWORD = 'Bench-password-1';
const READY_SECONDS = 300;
const OIDC = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'bench-client-secret' };
const CONFIGURE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const SERVER = ['--innodb-buffer-pool-size=512M', '--innodb-log-file-size=256M'];
/** As audit events of a user's use are: with ids, labels and a key of the sum. */
const EVENTS = `INSERT INTO audit_events (id, happened_at, actor_kind, actor_id, actor_label, event_action, target_type, target_id,
    target_label, outcome, event_count, remote_address, sum_key)
  SELECT id, created_at, 'USER', id, username, 'registry.login', 'USER', id, username, 'SUCCESS', 3, '2001:db8:ffff:ffff::/64',
    name_digest FROM users WHERE name_digest IS NOT NULL`;
const IN_SERVER = `SELECT table_name AS name, data_length + index_length AS bytes FROM information_schema.tables
  WHERE table_schema = 'mooring'`;
const IN_FILE = `SELECT COALESCE(m.tbl_name, s.name) AS name, SUM(s.pgsize) AS bytes FROM dbstat s
  LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1`;

/** Starts a server, does something with it, and ends it. */
async function withServer(folder: string, store: Store, use: (url: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const variables = { ...store.variables, PUBLIC_URL: url, PORT: String(port), HOST: '127.0.0.1' };
  const server = startNode(await startArguments(), {
    ...{ DATA_DIR: folder, ...variables, ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'error', NODE_ENV: 'production' },
  });
  try {
    await ready(`${url}/health/ready`, server, READY_SECONDS);
    await use(url);
  } finally {
    await end(server);
  }
}

async function configure(url: string): Promise<void> {
  const admin = apiOf(url, `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
  await admin(CONFIGURE, { input: { revision: 1, patch: { authMode: 'OIDC', oidc: OIDC } } });
}

async function sizesOf(engine: Engine, store: Store): Promise<Map<string, number>> {
  const isServer = engine === 'MariaDB';
  if (isServer) {
    const tables = await store.rows(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'mooring'",
    );
    await store.run(`ANALYZE TABLE ${tables.map(({ name }) => String(name)).join(', ')}`);
  }
  const rows = await store.rows(isServer ? IN_SERVER : IN_FILE);
  return new Map(rows.map(({ name, bytes }) => [String(name), Number(bytes)]));
}

/**
 * Fills a database with users whose tokens are of these sizes, has the server index them, and divides the bytes of each table by
 * the users; there are as many audit events and sessions as users.
 */
export async function bytesOn(engine: Engine, users: number, sizes: RealSizes): Promise<BytesOfTables> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bytes-'));
  const store = await openStore(engine, folder, SERVER);
  try {
    await withServer(folder, store, configure);
    const { installation } = await installationOf(store, folder);
    const before = await sizesOf(engine, store);
    const identity = { issuer: OIDC.endpoint, clientId: OIDC.clientId };
    const size = { users, groups: Math.ceil(users / 100), rules: 100 };
    await populate(store, installation, size, { identity, many: ['group-1'], sizes });
    await withServer(folder, store, () => wordsAreStored({ store }));
    await store.run(EVENTS);
    const after = await sizesOf(engine, store);
    const perUser = [...after].map(([name, bytes]) => [name, (bytes - (before.get(name) ?? 0)) / users] as const);
    const found = perUser.filter(([, bytes]) => bytes >= 1).sort(([, one], [, other]) => other - one);
    return Object.fromEntries(found.map(([name, bytes]) => [name, Math.round(bytes)]));
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
