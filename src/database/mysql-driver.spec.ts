import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool } from 'mysql2';
import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { isUnusable } from './database-failures.js';
import { mysqlDriver } from './mysql-driver.js';

/** A packet of the protocol (MySQL, "Client/Server Protocol"): its length, its number, its content. */
function packet(number: number, ...content: readonly (readonly number[] | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from([body.length, 0, 0, number]), body]);
}

const GREETING = packet(
  0,
  ...[[10], '10.11.0-MariaDB\0', [1, 0, 0, 0], '12345678\0', [0xff, 0xf7, 45, 2, 0, 0x08, 0]],
  ...[[21], Array<number>(10).fill(0), '123456789012\0', 'mysql_native_password\0'],
);
const WELCOME = packet(2, [0, 0, 0, 2, 0, 0, 0]);
/** ER_WRONG_VALUE_FOR_VAR */
const REFUSAL = packet(1, [0xff, 0xcf, 0x04], '#42000The mode is unknown.');

describe('the set-up of a connection', () => {
  let answer: (socket: Socket) => void;
  let server: ReturnType<typeof createServer>;
  let pool: Pool;

  beforeEach(async () => {
    server = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', () => {
          socket.write(WELCOME);
          socket.on('data', () => answer(socket));
        });
      socket.write(GREETING);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    pool = mysqlDriver.createPool({ host: '127.0.0.1', port, user: 'mooring' });
  });

  afterEach(async () => {
    await pool.promise().end();
    server.close();
  });

  const failureOf = (sql: string) =>
    pool
      .promise()
      .query(sql)
      .then(
        () => 'ANSWERED',
        (error: unknown) => error,
      );

  it('fails with the statement that waits for it, where the server hangs', async () => {
    answer = () => undefined;
    expect(isUnusable(await failureOf('SELECT 1'))).toBe(true);
  });

  it('fails with the statement that waits for it, where the server refuses a setting', async () => {
    answer = (socket) => socket.write(REFUSAL);
    expect(isUnusable(await failureOf('SELECT 1'))).toBe(true);
  });
});
