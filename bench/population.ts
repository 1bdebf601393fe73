import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createConnection } from 'mysql2/promise';
import { generatedSecret } from '../src/cli-secrets/cli-secret-text.js';
import { sqliteDriver } from '../src/database/sqlite-driver.js';
import { Installation } from '../src/settings/installation.js';
import { nameFrom, sequence } from './people.js';
import { Size } from './sizes.js';
import { Store } from './stores.js';

/** A user name and its right secret. */
export interface Credentials {
  readonly username: string;
  readonly secret: string;
}

/** The provider under which the users have logged in. */
export interface Identity {
  readonly issuer: string;
  readonly clientId: string;
}

/** The users whose secrets are known: spread evenly over all of them. */
export interface Known {
  /** Those in one group. */
  readonly known: readonly Credentials[];
  /** Those in each of the groups that were named. */
  readonly members: readonly Credentials[];
}

/** What a population has besides, so that its rows are as long as real ones. */
export interface RealSizes {
  /** How many characters the tokens of a user have before they are sealed; 0: there is none. */
  readonly idToken: number;
  readonly accessToken: number;
  readonly refreshToken: number;
}

/** How many users have a secret that the benchmark knows; each fifth of them is in many groups. */
const KNOWN = 1_000;
const MEMBER_EACH = 5;
const ROWS_AT_ONCE = 1_000;
const GENERATED_LENGTH = generatedSecret().reveal().length;
const NOW = '2026-01-01 00:00:00.000';
const FAR = '2099-01-01 00:00:00.000';
const [DISABLED_EACH, ENDED_EACH] = [100_000, 5_000];

type Value = string | number | null;

/** The tables and columns that are filled, in an order that foreign keys allow. */
const TABLES = {
  user_groups: ['id', 'name', 'created_at'],
  users: [
    ...['id', 'mode', 'username', 'folded_name', 'name_digest', 'email', 'folded_email', 'real_name'],
    ...['is_admin', 'is_disabled', 'issuer', 'subject', 'security_stamp', 'created_at', 'updated_at'],
  ],
  provider_grants: [
    ...[
      'user_id',
      'issuer',
      'client_id',
      'sealed_id_token',
      'sealed_refresh_token',
      'sealed_access_token',
      'group_names',
    ],
    ...['expires_at', 'vouched_at', 'login_begun_at', 'end_reason', 'version', 'provider_session'],
  ],
  cli_secrets: ['user_id', 'digest', 'origin', 'created_at', 'sealed_secret'],
  sessions: [
    ...['id', 'token_hash', 'user_id', 'security_stamp', 'provider_person', 'provider_session', 'login_begun_at'],
    ...['created_at', 'last_seen_at', 'expires_at', 'remote_address', 'user_agent'],
  ],
  memberships: ['user_id', 'group_id'],
  group_indexings: ['user_id', 'grant_version'],
  access_rules: [
    ...['id', 'repository_pattern', 'granted_actions', 'subject_kind', 'group_name', 'version', 'created_at'],
    'updated_at',
  ],
} as const;
type Table = keyof typeof TABLES;

/** Puts rows into a database, many at once. */
interface Writer {
  add(table: Table, row: readonly Value[]): Promise<void> | void;
  end(): Promise<void>;
}

function fileWriter(file: string): Writer {
  const database = new (sqliteDriver())(file, { timeout: 30_000 });
  for (const pragma of ['foreign_keys = OFF', 'synchronous = OFF', 'cache_size = -1000000']) database.pragma(pragma);
  const statements = new Map(
    Object.entries(TABLES).map(([table, columns]) => {
      const marks = columns.map(() => '?').join(', ');
      return [table, database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)] as const;
    }),
  );
  database.exec('BEGIN');
  return {
    add: (table, row) => void statements.get(table)?.run(...row),
    end: async () => {
      for (const sql of ['COMMIT', 'ANALYZE']) database.exec(sql);
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
      // Else the first write of the server would wait until all of this is on the disk.
      const written = await open(file, 'r+');
      await written.sync();
      await written.close();
    },
  };
}

async function serverWriter(url: string): Promise<Writer> {
  const connection = await createConnection({ uri: url, timezone: 'Z' });
  await connection.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
  const waiting = new Map<Table, (readonly Value[])[]>();
  const flush = async (table: Table) => {
    const rows = waiting.get(table) ?? [];
    waiting.delete(table);
    if (rows.length > 0) await connection.query(`INSERT INTO ${table} (${TABLES[table].join(', ')}) VALUES ?`, [rows]);
  };
  return {
    add: async (table, row) => {
      const rows = waiting.get(table) ?? [];
      rows.push(row);
      waiting.set(table, rows);
      if (rows.length >= ROWS_AT_ONCE) await flush(table);
    },
    end: async () => {
      for (const table of Object.keys(TABLES) as Table[]) await flush(table);
      await connection.query(`ANALYZE TABLE ${Object.keys(TABLES).join(', ')}`);
      await connection.end();
    },
  };
}

/** The number of a user, group or rule as an id, which no real one has. */
const idOf = (kind: string, number: number) => `${kind}-${String(number).padStart(8, '0')}`;
/** An id as long as a real one. */
const longIdOf = (number: number) => `01980000-0000-7000-8000-${String(number).padStart(12, '0')}`;
/** A text as long as one of so many characters is when it is sealed (`Cipher`). */
const asSealed = (length: number) => `v1.keyid000.${randomBytes(length + 28).toString('base64url')}`;
const digestText = () => randomBytes(32).toString('base64url');
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The rows of one user, who is in a group by number, and whether their secret is to be known. */
class Person {
  readonly id: string;
  readonly username: string;
  readonly secret: string | null;

  constructor(
    private readonly number: number,
    private readonly words: string,
    isKnown: boolean,
    private readonly sizes?: RealSizes,
  ) {
    this.id = sizes ? longIdOf(number) : idOf('user', number);
    this.username = `${words}.${number}`;
    this.secret = isKnown ? generatedSecret().reveal() : null;
  }

  private isEach(count: number): boolean {
    return this.secret === null && this.number % count === count - 1;
  }

  rows(installation: Installation, { issuer, clientId }: Identity, groups: readonly string[]): [Table, Value[]][] {
    const { id, username, words } = this;
    const mail = `${username}@example.org`;
    const nameDigest = installation.digest('name', username).toString('base64url');
    const digest = this.secret === null ? randomBytes(32) : installation.digest(id, this.secret);
    const names: Value[] = [username, username, nameDigest, mail, mail, words.replace('.', ' ')];
    const rights: Value[] = [0, this.isEach(DISABLED_EACH) ? 1 : 0];
    const end = this.isEach(ENDED_EACH) ? 'REFRESH_REJECTED' : null;
    const session = this.sizes ? digestText() : null;
    const times: Value[] = [FAR, NOW, NOW];
    const grant: Value[] = [issuer, clientId, ...this.tokens(), JSON.stringify(groups), ...times, end, 1, session];
    const secret = this.sizes ? asSealed(GENERATED_LENGTH) : null;
    return [
      ['users', [id, 'OIDC', ...names, ...rights, issuer, id, this.sizes ? id : 'stamp', NOW, NOW]],
      ['provider_grants', [id, ...grant]],
      ['cli_secrets', [id, digest.toString('base64url'), 'GENERATED', NOW, secret]],
      ['group_indexings', [id, 1]],
      ...this.sessions(session),
    ];
  }

  private tokens(): Value[] {
    if (!this.sizes) return ['sealed', 'sealed', null];
    const { idToken, refreshToken, accessToken } = this.sizes;
    return [asSealed(idToken), asSealed(refreshToken), accessToken === 0 ? null : asSealed(accessToken)];
  }

  private sessions(session: string | null): [Table, Value[]][] {
    if (session === null) return [];
    const ids: Value[] = [longIdOf(this.number), digestText(), this.id, this.id, digestText(), session];
    return [['sessions', [...ids, NOW, NOW, NOW, FAR, '2001:db8:ffff:ffff::1234', AGENT]]];
  }
}

/**
 * Inserts users who have logged in, groups and access rules for groups into the database of a server that has run once and is not
 * running: each user has a grant, a secret and one group. Some are disabled, and the grants of some have ended. About a
 * minute for a million users.
 *
 * @param many the groups of users who are in many; their memberships are left to the server
 * @param sizes if they are given, ids are as long as real ones, and each user has tokens of these sizes and a session
 */
export async function populate(
  store: Store,
  installation: Installation,
  size: Size,
  { identity, many, sizes }: { identity: Identity; many: readonly string[]; sizes?: RealSizes },
): Promise<Known> {
  const isFile = store.variables.DATABASE_URL?.startsWith('sqlite:');
  const writer = isFile ? fileWriter(store.address) : await serverWriter(store.address);
  const groupName = (number: number) => `crew-${number % size.groups}`;
  for (let number = 0; number < size.groups; number++)
    await writer.add('user_groups', [idOf('group', number), groupName(number), NOW]);
  const found: Credentials[] = [];
  const isMember = (index: number) => index % MEMBER_EACH === 0;
  const knownEach = Math.max(1, Math.floor(size.users / KNOWN));
  const next = sequence();
  for (let number = 0; number < size.users; number++) {
    const person = new Person(number, nameFrom(next), number % knownEach === 0, sizes);
    const { id, username, secret } = person;
    const groups = secret !== null && isMember(found.length) ? many : [groupName(number)];
    if (secret !== null) found.push({ username, secret });
    for (const [table, row] of person.rows(installation, identity, groups)) await writer.add(table, row);
    await writer.add('memberships', [id, idOf('group', number % size.groups)]);
  }
  for (let number = 0; number < size.rules; number++) {
    const rule = [idOf('rule', number), `populated-${number}/**`, 'PULL', 'GROUP', groupName(number), 1, NOW, NOW];
    await writer.add('access_rules', rule);
  }
  await writer.end();
  return {
    known: found.filter((_, index) => !isMember(index)),
    members: found.filter((_, index) => isMember(index)),
  };
}
