import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const INSERT = /^INSERT INTO [`"]?(\w+)[`"]?/i;
const SEALED = /v1\.[\w-]{8}\.[\w-]+/g;
const MIGRATION = /'(\w+\d{13})'/g;
/** A row of users begins with the id. */
const ROW_OF_USER = /\('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',/g;
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

/** Reads a dump line by line; rows of one statement may be on one line or on several. */
export async function readDump(file: string): Promise<Dump> {
  const [migrations, sealed]: [string[], string[]] = [[], []];
  let [users, isComplete, table] = [0, false, ''];
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    table = INSERT.exec(line)?.[1] ?? table;
    if (table === 'migrations') migrations.push(...[...line.matchAll(MIGRATION)].map(([, name = '']) => name));
    if (table === 'settings') sealed.push(...(line.match(SEALED) ?? []));
    if (table === 'users') users += line.match(ROW_OF_USER)?.length ?? 0;
    if (line.endsWith(';')) table = '';
    if (line !== '') isComplete = COMPLETED.test(line);
  }
  return { isComplete, migrations, sealed, users };
}
