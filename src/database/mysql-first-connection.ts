import { Logger } from '@nestjs/common';
import { Connection, createConnection } from 'mysql2/promise';
import { setTimeout as pause } from 'node:timers/promises';
import { MysqlAddress } from '../config/database-address.js';
import { mysqlConnectionOf } from './data-source-options.js';
import { driverCodeOf, isAway } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';

/** How long a start waits for a server that does not answer yet. */
export interface Patience {
  readonly seconds: number;
  readonly pauseMilliseconds: number;
}

const logger = new Logger('Database');

/**
 * Connects to a server that may be starting at the same moment as we are.
 *
 * @throws {DatabaseUnusable} where it has not answered in time, or refuses us
 */
export async function firstConnection(address: MysqlAddress, patience: Patience): Promise<Connection> {
  const place = `${address.host}:${address.port}`;
  const giveUpAt = performance.now() + patience.seconds * 1000;
  for (;;) {
    try {
      return await createConnection(mysqlConnectionOf(address));
    } catch (error) {
      const code = driverCodeOf(error);
      if (!isAway(error)) throw new DatabaseUnusable(refusalOf(code, place), { cause: error });
      if (performance.now() >= giveUpAt) {
        const waited = `The database at ${place} has not answered for ${patience.seconds} seconds (${code}).`;
        throw new DatabaseUnusable(`${waited} Start it, or correct DATABASE_URL.`, { cause: error });
      }
      logger.warn({ message: `The database at ${place} does not answer yet; trying again.`, code });
      await pause(patience.pauseMilliseconds);
    }
  }
}

function refusalOf(code: string, place: string): string {
  const hints: Readonly<Record<string, string>> = {
    ER_ACCESS_DENIED_ERROR: 'Check the user and the password in DATABASE_URL.',
    ER_DBACCESS_DENIED_ERROR: 'Grant the user of DATABASE_URL all rights in its database.',
    ER_BAD_DB_ERROR: 'Create the database that DATABASE_URL names.',
    HANDSHAKE_NO_SSL_SUPPORT: 'Switch TLS on at the server, or take ssl-mode out of DATABASE_URL.',
    HANDSHAKE_SSL_ERROR:
      'Its certificate is not to be trusted: give its authority as ssl-ca in DATABASE_URL, and the host name in it.',
  };
  return `The database at ${place} refuses us (${code || 'no code'}). ${hints[code] ?? 'See its log.'}`;
}
