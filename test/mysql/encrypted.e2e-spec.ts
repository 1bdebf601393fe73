import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'mysql2/promise';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/env.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { MariaDb } from '../support/mariadb.js';
import { SELF_SIGNED, selfSignedFor } from '../support/self-signed.js';

const NOT_PATIENT = { seconds: 0, pauseMilliseconds: 1 };
const CIPHER = /^TLS_|-/;
const NOT_TRUSTED = /refused the connection \(HANDSHAKE_SSL_ERROR\)\. Its certificate is not trusted/;

/** A server with an empty database and a certificate, which lies in a folder of its own. */
async function serverWith({ cert, key }: { cert: string; key: string }) {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-tls-'));
  const [certFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)]);
  const server = await (await MariaDb.prepare(`--ssl-cert=${certFile}`, `--ssl-key=${keyFile}`)).start();
  const connection = await createConnection(server.url());
  await connection.query('CREATE DATABASE mooring');
  await connection.end();
  const remove = async () => {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url('mooring'), authority: `ssl-ca=${encodeURIComponent(certFile)}`, remove };
}

type Server = Awaited<ReturnType<typeof serverWith>>;

describe('The way to the database server', () => {
  let server: Server;
  let otherHost: Server;
  beforeAll(async () => {
    const certificates = [SELF_SIGNED, await selfSignedFor('database.example.org')];
    [server, otherHost] = (await Promise.all(certificates.map(serverWith))) as [Server, Server];
  });
  afterAll(() => Promise.all([server.remove(), otherHost.remove()]));

  const opened = ({ url }: Server, parameters: string, host = 'localhost') => {
    const DATABASE_URL = `${url.replace('127.0.0.1', host)}?${parameters}`;
    const ENCRYPTION_KEY = randomBytes(32).toString('base64');
    return openDataSource(readEnvironment({ DATABASE_URL, ENCRYPTION_KEY }), NOT_PATIENT);
  };
  const cipherOf = async (...way: Parameters<typeof opened>) => {
    const database = await opened(...way);
    const [row] = await database.query<{ Value: string }[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    await database.destroy();
    return row?.Value;
  };

  it('is encrypted as DATABASE_URL says, and else is not', async () => {
    const { authority } = server;
    expect(await cipherOf(server, '')).toBe('');
    expect(await cipherOf(server, 'ssl-mode=REQUIRED')).toMatch(CIPHER);
    expect(await cipherOf(server, `ssl-mode=VERIFY_CA&${authority}`, '127.0.0.1')).toMatch(CIPHER);
    expect(await cipherOf(server, `ssl-mode=VERIFY_IDENTITY&${authority}`)).toMatch(CIPHER);
  });

  it('ends at a server whose certificate nobody vouches for', async () => {
    await expect(opened(server, 'ssl-mode=VERIFY_IDENTITY')).rejects.toThrow(NOT_TRUSTED);
  });

  it('ends at a server with the certificate of another host, where the host is to be verified', async () => {
    const { authority } = otherHost;
    expect(await cipherOf(otherHost, `ssl-mode=VERIFY_CA&${authority}`)).toMatch(CIPHER);
    await expect(opened(otherHost, `ssl-mode=VERIFY_IDENTITY&${authority}`)).rejects.toThrow(NOT_TRUSTED);
  });
});
