import fastify from 'fastify';
import { createPool, RowDataPacket } from 'mysql2/promise';
import { generateKeyPairSync, sign } from 'node:crypto';
import { sqliteDriver } from '../src/database/sqlite-driver.js';

// The baseline for Mooring: bare Fastify routes with one prepared query on the same database; one of them also makes an ES256
// signature (RFC 7518, section 3.4).
//
// The third argument is what its connections set wsrep_sync_wait to, on a node of Galera.
const [address = '', port = '0', syncWait] = process.argv.slice(2);
const STATEMENT =
  'SELECT u.id, u.username, c.digest FROM users u LEFT JOIN cli_secrets c ON c.user_id = u.id WHERE u.folded_name = ?';

type LookUp = (name: string) => unknown;

function inFile(): LookUp {
  const prepared = new (sqliteDriver())(address, { readonly: true }).prepare(STATEMENT);
  return (name) => prepared.get(name);
}

function onServer(): LookUp {
  const pool = createPool(address);
  pool.on('connection', (connection) => {
    if (syncWait !== undefined) void connection.query(`SET SESSION wsrep_sync_wait = ${Number(syncWait)}`);
  });
  return async (name) => (await pool.execute<RowDataPacket[]>(STATEMENT, [name]))[0][0];
}

const lookUp = address.startsWith('mysql:') ? onServer() : inFile();
const server = fastify();
server.post<{ Body: { username: string } }>('/lookup', ({ body }) => lookUp(body.username));
const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const header = Buffer.from('{"typ":"JWT","alg":"ES256"}').toString('base64url');
server.get<{ Querystring: { account: string; scope: string } }>('/token', async ({ query }) => {
  const found = (await lookUp(query.account)) as { id: string; username: string };
  const claims = { sub: found.username, iat: Math.floor(Date.now() / 1000), jti: found.id, access: [query.scope] };
  const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return { token: `${text}.${signature.toString('base64url')}` };
});
await server.listen({ port: Number(port), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit());
