import { SecretText } from '../common/secret-text.js';

/** Where a MariaDB or MySQL server is, and which of its databases is ours. */
export interface MysqlAddress {
  readonly engine: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: SecretText;
  readonly name: string;
}

/** Where the database is: a file, or a server. */
export type DatabaseAddress = { readonly engine: 'sqlite'; readonly file: string } | MysqlAddress;

const DEFAULT_PORT = 3306;

/** The address in a DATABASE_URL, or undefined where it is none. */
export function databaseAddressOf(text: string): DatabaseAddress | undefined {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length);
    return file === '' ? undefined : { engine: 'sqlite', file };
  }
  return URL.canParse(text) ? mysqlAddressOf(new URL(text)) : undefined;
}

function mysqlAddressOf({ protocol, hostname, port, username, password, pathname, search, hash }: URL) {
  if (protocol !== 'mysql:' || search !== '' || hash !== '') return undefined;
  const [user, secret, name] = [username, password, pathname.slice(1)].map(decoded);
  if (!hostname || !user || secret === undefined || !name || name.includes('/')) return undefined;
  const address: MysqlAddress = {
    engine: 'mysql',
    // An IPv6 address stands in brackets in a URL alone.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORT : Number(port),
    user,
    password: new SecretText(secret),
    name,
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
