import { SecretText } from '../common/crypto/secret-text.js';
import { DatabaseTls, databaseTlsOf } from './database-tls.js';

/** The address of a MariaDB or MySQL server, and the name of our database on it. */
export interface MysqlAddress {
  readonly engine: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: SecretText;
  readonly name: string;
  /** Null if the connections are not encrypted. */
  readonly tls: DatabaseTls | null;
}

/** The location of the database: a file, or a server. */
export type DatabaseAddress = { readonly engine: 'sqlite'; readonly file: string } | MysqlAddress;

const DEFAULT_PORT = 3306;

/** The address in a DATABASE_URL, or undefined if it is not valid. */
export function databaseAddressOf(text: string): DatabaseAddress | undefined {
  if (text.startsWith('sqlite:')) {
    // The driver leaves blanks out, too, and takes these two for a database in memory, which is another one at each connection.
    const file = text.slice('sqlite:'.length).trim();
    return ['', ':memory:'].includes(file) ? undefined : { engine: 'sqlite', file };
  }
  return URL.canParse(text) ? mysqlAddressOf(new URL(text)) : undefined;
}

function mysqlAddressOf({ protocol, hostname, port, username, password, pathname, searchParams, hash }: URL) {
  if (protocol !== 'mysql:' || hash !== '') return undefined;
  const [user, secret, name] = [username, password, pathname.slice(1)].map(decoded);
  if (!hostname || !user || secret === undefined || !name || name.includes('/')) return undefined;
  // An IPv6 address has brackets only in a URL.
  const host = hostname.replace(/^\[|\]$/g, '');
  const tls = databaseTlsOf(searchParams, host);
  if (tls === undefined) return undefined;
  const address: MysqlAddress = {
    engine: 'mysql',
    host,
    port: port === '' ? DEFAULT_PORT : Number(port),
    user,
    password: new SecretText(secret),
    name,
    tls,
  };
  return address;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
