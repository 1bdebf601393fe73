import { Logger } from '@nestjs/common';
import { Connection, createConnection } from 'mysql2/promise';
import { setTimeout as pause } from 'node:timers/promises';
import { MysqlAddress } from '../config/database-address.js';
import { mysqlConnectionOf } from './data-source-options.js';
import { driverCodeOf, isAway } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';

/** How long the start waits for a server that does not answer yet. */
export interface Patience {
  readonly seconds: number;
  readonly pauseMilliseconds: number;
}

/** MariaDB gives the same error for a wrong password and for a connection without TLS. */
const WHERE_TLS =
  'Where the server demands TLS (require_secure_transport, REQUIRE SSL), add ?ssl-mode=VERIFY_IDENTITY, and &ssl-ca= for a private certificate authority.';

const logger = new Logger('Database');

/**
 * Connects to a server that may still be starting.
 *
 * @throws {DatabaseUnusable} if it does not answer in time, or refuses the connection
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
        const time = patience.seconds > 0 ? ` for ${patience.seconds} seconds` : '';
        const waited = `The database at ${place} did not answer${time} (${code}).`;
        throw new DatabaseUnusable(`${waited} Start it, or correct DATABASE_URL.`, { cause: error });
      }
      logger.warn({ code }, `The database at ${place} does not answer yet; trying again.`);
      await pause(patience.pauseMilliseconds);
    }
  }
}

function refusalOf(code: string, place: string): string {
  const hints: Readonly<Record<string, string>> = {
    ER_ACCESS_DENIED_ERROR: `Check the user and the password in DATABASE_URL. ${WHERE_TLS}`,
    ER_SECURE_TRANSPORT_REQUIRED: WHERE_TLS,
    ER_DBACCESS_DENIED_ERROR: 'Grant the user in DATABASE_URL all privileges on its database.',
    ER_BAD_DB_ERROR: 'Create the database that DATABASE_URL names.',
    HANDSHAKE_NO_SSL_SUPPORT: 'Enable TLS on the server, or remove ssl-mode from DATABASE_URL.',
    HANDSHAKE_SSL_ERROR:
      'Its certificate is not trusted: set ssl-ca to its certificate authority and use the host name of the certificate in DATABASE_URL.',
  };
  return `The database at ${place} refused the connection (${code || 'no code'}). ${hints[code] ?? 'See its log.'}`;
}
