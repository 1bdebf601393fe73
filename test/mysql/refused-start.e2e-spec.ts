import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'mysql2/promise';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MariaDb } from '../support/mariadb.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { ServerFolder } from '../support/server-folder.js';

const ALL_NEEDED = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, REFERENCES';

describe('At a database server that refuses something, the start', () => {
  let server: MariaDb;
  let files: string;
  let folder: ServerFolder;
  let created = 0;
  beforeAll(async () => {
    files = await mkdtemp(join(tmpdir(), 'mooring-tls-'));
    await writeFile(join(files, 'certificate.pem'), SELF_SIGNED.cert);
    await writeFile(join(files, 'key.pem'), SELF_SIGNED.key);
    server = await MariaDb.prepare(
      `--ssl-cert=${join(files, 'certificate.pem')}`,
      `--ssl-key=${join(files, 'key.pem')}`,
    );
    await server.start();
  });
  afterAll(async () => {
    await server.remove();
    await rm(files, { recursive: true });
  });
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const run = async (...statements: string[]) => {
    const connection = await createConnection(server.url());
    const answers = [];
    for (const sql of statements) answers.push((await connection.query({ sql, rowsAsArray: true }))[0]);
    await connection.end();
    return answers.at(-1);
  };
  /** An empty database with a user of its own, and the address by which that user reaches it. */
  const databaseFor = async (...grants: string[]) => {
    const name = `mooring_${++created}`;
    await run(`CREATE DATABASE ${name}`, `CREATE USER '${name}'@'%' IDENTIFIED BY 'secret'`);
    const given = grants.map((grant) => grant.replaceAll('NAME', name).replaceAll('USER', `'${name}'@'%'`));
    if (given.length > 0) await run(...given);
    return { name, url: server.url(name).replace('root@', `${name}:secret@`) };
  };
  const startOn = (DATABASE_URL: string) => folder.start({ DATABASE_URL });
  const refusedOn = async (url: string) => {
    const refused = await startOn(url);
    expect(await refused.exit()).toBe(1);
    expect(refused.output).not.toContain('    at ');
    return refused.output;
  };

  it.each([
    ['SELECT, INSERT, UPDATE, DELETE', 'CREATE, ALTER, INDEX, REFERENCES'],
    ['SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX', 'REFERENCES'],
    ['CREATE', 'SELECT, INSERT, UPDATE, DELETE, ALTER, INDEX, REFERENCES'],
  ])('names the rights that its user lacks, before any table is made: of %s', async (granted, missing) => {
    const { name, url } = await databaseFor(`GRANT ${granted} ON NAME.* TO USER`);
    const said = await refusedOn(url);
    expect(said).toContain(`The user '${name}'@'%' lacks rights on the database ${name}: ${missing}.`);
    expect(said).toContain(`GRANT ALL PRIVILEGES ON \`${name}\`.* TO '${name}'@'%'`);
    expect(said).not.toContain('secret');
    expect(await run(`SHOW TABLES IN ${name}`)).toEqual([]);
  });

  it.each([
    ['on its database', `GRANT ${ALL_NEEDED} ON NAME.* TO USER`],
    ['by a pattern', `GRANT ${ALL_NEEDED} ON \`mooring\\_%\`.* TO USER`],
    ['on everything', 'GRANT ALL PRIVILEGES ON *.* TO USER'],
  ])('succeeds with the rights that it needs, %s, and later with fewer', async (_where, grant) => {
    const { name, url } = await databaseFor(grant);
    await (await (await startOn(url)).ready()).end('SIGTERM');
    await run(
      `REVOKE ALL PRIVILEGES, GRANT OPTION FROM '${name}'@'%'`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.* TO '${name}'@'%'`,
    );
    await (await (await startOn(url)).ready()).end('SIGTERM');
  });

  const role = (rights: string) => [
    ...['CREATE ROLE NAME_role', `GRANT ${rights} ON NAME.* TO NAME_role`, 'GRANT NAME_role TO USER'],
    'SET DEFAULT ROLE NAME_role FOR USER',
  ];

  it('succeeds with rights by a role', async () => {
    const { url } = await databaseFor(...role(ALL_NEEDED));
    await (await (await startOn(url)).ready()).end('SIGTERM');
  });

  it('says in the middle of it that the rights by a role are too few', async () => {
    const { url } = await databaseFor(...role('SELECT, ALTER'));
    expect(await refusedOn(url)).toMatch(/ \(ER_\w+_DENIED_ERROR\)\. Grant the user in DATABASE_URL all privileges/);
  });

  it('says that the server or the user demands TLS, and how to use it', async () => {
    const { name, url } = await databaseFor('GRANT ALL PRIVILEGES ON NAME.* TO USER REQUIRE SSL');
    const said =
      /Where the server demands TLS \(require_secure_transport, REQUIRE SSL\), add \?ssl-mode=VERIFY_IDENTITY/;
    expect(await refusedOn(url)).toMatch(said);
    await run(`ALTER USER '${name}'@'%' REQUIRE NONE`, 'SET GLOBAL require_secure_transport = ON');
    try {
      expect(await refusedOn(url)).toMatch(said);
      expect(await (await startOn(`${url}?ssl-mode=REQUIRED`)).ready()).toBeDefined();
    } finally {
      await relax(server, name);
    }
    expect(await run(`SELECT COUNT(*) > 0 FROM ${name}.settings`)).toEqual([[1]]);
  });
});

/** As a user that comes by TLS; root's stories come without. */
async function relax(server: MariaDb, name: string): Promise<void> {
  const connection = await createConnection({ uri: server.url(name), ssl: { rejectUnauthorized: false } });
  await connection.query('SET GLOBAL require_secure_transport = OFF');
  await connection.end();
}
