import { createReadStream } from 'node:fs';
import { BackupUnusable } from './backup-unusable.js';

const INSERT = /^INSERT INTO [`"]?(\w+)[`"]?/i;
const SEALED = /v1\.[\w-]{8}\.[\w-]+/g;
const MIGRATION = /'(\w+\d{13})'/g;
/** A row of users begins with the id. */
const ROW_OF_USER = /\('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',/g;
/** In characters; the tools write rows of at most 24 MiB on one line. */
const LONGEST_LINE = 64 * 1024 * 1024;
const BYTES_AT_ONCE = 4 * 1024 * 1024;
const COMPLETED = /^-- Dump completed/;

/** What a dump of mariadb-dump or mysqldump holds. */
export interface Dump {
  /** Whether the tool has written it to the end. */
  readonly isComplete: boolean;
  readonly migrations: readonly string[];
  /** The sealed values among the settings. */
  readonly sealed: readonly string[];
  /** Rows of users, tombstones included. */
  readonly users: number;
}

/**
 * Reads a dump line by line; rows of one statement may be on one line or on several.
 *
 * @throws {BackupUnusable} if a line is far longer than the tools write
 */
export async function readDump(file: string): Promise<Dump> {
  const [migrations, sealed]: [string[], string[]] = [[], []];
  let [users, isComplete, table] = [0, false, ''];
  for await (const line of linesOf(file)) {
    table = INSERT.exec(line)?.[1] ?? table;
    if (table === 'migrations') migrations.push(...[...line.matchAll(MIGRATION)].map(([, name = '']) => name));
    if (table === 'settings') sealed.push(...(line.match(SEALED) ?? []));
    if (table === 'users') users += line.match(ROW_OF_USER)?.length ?? 0;
    if (line.endsWith(';')) table = '';
    if (line !== '') isComplete = COMPLETED.test(line);
  }
  return { isComplete, migrations, sealed, users };
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: BYTES_AT_ONCE })) {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw notABackup(file);
    yield* lines;
  }
  yield rest;
}

/** A file is of neither kind that can be restored. */
export function notABackup(file: string): BackupUnusable {
  return new BackupUnusable(`${file} is neither a SQLite database nor an uncompressed dump of a Mooring database.`);
}
