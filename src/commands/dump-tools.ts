import { MysqlAddress } from '../config/database-address.js';

/** A word for a shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function connectionOf({ host, port, user, tls }: MysqlAddress): string {
  const encryption = tls ? [tls.rejectUnauthorized ? '--ssl-verify-server-cert' : '--ssl'] : [];
  return [`--host=${host}`, `--port=${port}`, `--user=${user}`, '--password', ...encryption].map(quoted).join(' ');
}

/** The command that writes a consistent dump of a database beside running servers; it asks for the password. */
export function dumpCommand(address: MysqlAddress, file: string): string {
  const options = '--single-transaction --no-tablespaces --default-character-set=utf8mb4';
  return `mariadb-dump ${options} ${connectionOf(address)} ${quoted(`--result-file=${file}`)} ${quoted(address.name)}`;
}

/** The command that reads a dump into an empty database; it asks for the password. */
export function loadCommand(address: MysqlAddress, file: string): string {
  const options = '--default-character-set=utf8mb4';
  return `mariadb ${options} ${connectionOf(address)} ${quoted(address.name)} < ${quoted(file)}`;
}
