import Database from 'better-sqlite3';
import fastify from 'fastify';

// What the verification is measured against: a bare Fastify POST with one prepared look-up on the same file.
const [file = '', port = '0'] = process.argv.slice(2);
const database = new Database(file, { readonly: true });
const lookUp = database.prepare(
  'SELECT u.id, u.username, c.digest FROM users u LEFT JOIN cli_secrets c ON c.user_id = u.id WHERE u.folded_name = ?',
);
const server = fastify();
server.post<{ Body: { username: string } }>('/lookup', ({ body }) => lookUp.get(body.username));
await server.listen({ port: Number(port), host: '127.0.0.1' });
process.once('SIGTERM', () => void server.close());
