import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'mysql2/promise';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/env.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { MariaDb } from '../support/mariadb.js';
import { SELF_SIGNED } from '../support/self-signed.js';

const NOT_PATIENT = { seconds: 0, pauseMilliseconds: 1 };

describe('The way to the database server', () => {
  let folder: string;
  let server: MariaDb;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-tls-'));
    const [cert, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
    await Promise.all([writeFile(cert, SELF_SIGNED.cert), writeFile(key, SELF_SIGNED.key)]);
    server = await (await MariaDb.prepare(`--ssl-cert=${cert}`, `--ssl-key=${key}`)).start();
    const connection = await createConnection(server.url());
    await connection.query('CREATE DATABASE mooring');
    await connection.end();
  });
  afterAll(async () => {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const opened = (parameters: string, host = 'localhost') => {
    const url = `${server.url('mooring').replace('127.0.0.1', host)}?${parameters}`;
    const ENCRYPTION_KEY = randomBytes(32).toString('base64');
    return openDataSource(readEnvironment({ DATABASE_URL: url, ENCRYPTION_KEY }), NOT_PATIENT);
  };
  const authority = () => `ssl-ca=${encodeURIComponent(join(folder, 'certificate.pem'))}`;
  const cipherOf = async (parameters: string, host?: string) => {
    const database = await opened(parameters, host);
    const [row] = await database.query<{ Value: string }[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    await database.destroy();
    return row?.Value;
  };

  it('is encrypted as DATABASE_URL says, and else is not', async () => {
    expect(await cipherOf('')).toBe('');
    expect(await cipherOf('ssl-mode=REQUIRED')).toMatch(/^TLS_|-/);
    expect(await cipherOf(`ssl-mode=VERIFY_CA&${authority()}`, '127.0.0.1')).toMatch(/^TLS_|-/);
    expect(await cipherOf(`ssl-mode=VERIFY_IDENTITY&${authority()}`)).toMatch(/^TLS_|-/);
  });

  it('ends at a server whose certificate nobody vouches for', async () => {
    const refused = opened('ssl-mode=VERIFY_IDENTITY');
    await expect(refused).rejects.toThrow(/refuses us \(HANDSHAKE_SSL_ERROR\)\. Its certificate is not to be trusted/);
  });
});
