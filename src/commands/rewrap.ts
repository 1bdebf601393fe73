import { DataSource, EntityMetadata } from 'typeorm';
import { CannotOpen, Cipher } from '../common/crypto/cipher.js';
import { won } from '../common/persistence/conditional-write.js';
import { CHECK_PLACE } from '../settings/installation.js';
import { resealedDocument } from '../settings/settings.document.js';
import { SETTINGS_ID, SettingsRow } from '../settings/settings.entity.js';

const ROWS_AT_ONCE = 200;
const SEALED = /^sealed_/;

/** What a run has done by now. */
export interface Resealed {
  /** Values that are sealed with the first key now and were not before. */
  readonly resealed: number;
  /** Values that no key opens; they are left as they are. */
  readonly unopened: number;
}

/** A column whose values are sealed for their table, column and row. */
interface SealedColumn {
  readonly entity: EntityMetadata;
  readonly table: string;
  readonly column: string;
  readonly property: string;
  readonly id: string;
  readonly idProperty: string;
}

interface SealedValue {
  readonly id: string;
  readonly sealed: string;
}

/** Every column that holds sealed values: all are named alike. The value that tells a wrong key is not among them. */
export function sealedColumns({ entityMetadatas }: DataSource): SealedColumn[] {
  return entityMetadatas.flatMap((entity) => {
    const [id] = entity.primaryColumns;
    const columns = entity.columns.filter(({ databaseName }) => SEALED.test(databaseName));
    return columns.map(({ databaseName: column, propertyName: property }) => ({
      ...{ entity, table: entity.tableName, column, property },
      ...{ id: id?.databaseName ?? '', idProperty: id?.propertyName ?? '' },
    }));
  });
}

/**
 * Seals everything in the database with the first of the keys, beside servers that may be running. Each value is one
 * write on the condition that it is still the same, so that whoever writes meanwhile wins; a run that is killed is made
 * again. What tells a wrong key comes last, and only where nothing is left: until then a server that lacks the old key
 * refuses to start.
 *
 * @param onProgress told after each batch: the column, and what is done in it by now
 * @returns what was done, and whether the old key is needed no longer
 * @throws {CannotOpen} where the stored client secret is opened by none of the keys
 */
export async function reseal(
  database: DataSource,
  cipher: Cipher,
  onProgress: (column: string, done: Resealed) => void,
): Promise<Resealed & { readonly isComplete: boolean }> {
  const total = { resealed: 0, unopened: 0 };
  for (const column of sealedColumns(database)) {
    const done = await resealColumn(database, cipher, column, onProgress);
    total.resealed += done.resealed;
    total.unopened += done.unopened;
  }
  total.resealed += await resealSettings(database, cipher);
  const isComplete = total.unopened === 0 && !(await isAnyLeft(database, cipher));
  if (isComplete) await resealCheck(database, cipher);
  return { ...total, isComplete };
}

async function resealColumn(
  database: DataSource,
  cipher: Cipher,
  column: SealedColumn,
  onProgress: (column: string, done: Resealed) => void,
): Promise<Resealed> {
  const done = { resealed: 0, unopened: 0 };
  let values = await valuesAfter(database, cipher, column);
  while (values.length > 0) {
    for (const value of values) {
      const outcome = await resealValue(database, cipher, column, value);
      if (outcome) done[outcome]++;
    }
    onProgress(`${column.table}.${column.column}`, done);
    values = await valuesAfter(database, cipher, column, values.at(-1)?.id);
  }
  return done;
}

/** The next values of a column that the first key has not sealed. */
async function valuesAfter(
  database: DataSource,
  { mark }: Cipher,
  { table, column, id }: SealedColumn,
  after?: string,
): Promise<SealedValue[]> {
  const rows = await database.query<{ id: string | number; sealed: string }[]>(
    `SELECT ${id} AS id, ${column} AS sealed FROM ${table}
     WHERE ${column} IS NOT NULL AND SUBSTR(${column}, 1, ${mark.length}) <> ?
     ${after === undefined ? '' : `AND ${id} > ?`} ORDER BY ${id} LIMIT ${ROWS_AT_ONCE}`,
    after === undefined ? [mark] : [mark, after],
  );
  return rows.map(({ id: row, sealed }) => ({ id: String(row), sealed }));
}

async function resealValue(
  database: DataSource,
  cipher: Cipher,
  { entity, table, column, property, idProperty }: SealedColumn,
  { id, sealed }: SealedValue,
): Promise<keyof Resealed | undefined> {
  try {
    const change = { [property]: cipher.resealed(sealed, { table, column, row: id }) };
    const unchanged = { [idProperty]: id, [property]: sealed };
    return won(await database.getRepository(entity.target).update(unchanged, change)) ? 'resealed' : undefined;
  } catch (error) {
    if (error instanceof CannotOpen) return 'unopened';
    throw error;
  }
}

async function resealSettings(database: DataSource, cipher: Cipher): Promise<number> {
  const rows = database.getRepository(SettingsRow);
  const { document } = await rows.findOneByOrFail({ id: SETTINGS_ID });
  const resealed = resealedDocument(document, cipher);
  if (resealed === document) return 0;
  // Whoever changed a setting meanwhile has sealed it with the key of a server: the next run looks at it.
  return won(await rows.update({ id: SETTINGS_ID, document }, { document: resealed })) ? 1 : 0;
}

async function isAnyLeft(database: DataSource, cipher: Cipher): Promise<boolean> {
  for (const column of sealedColumns(database)) {
    if ((await valuesAfter(database, cipher, column)).length > 0) return true;
  }
  const { document } = await database.getRepository(SettingsRow).findOneByOrFail({ id: SETTINGS_ID });
  return resealedDocument(document, cipher) !== document;
}

async function resealCheck(database: DataSource, cipher: Cipher): Promise<void> {
  const rows = database.getRepository(SettingsRow);
  const { keyCheck } = await rows.findOneByOrFail({ id: SETTINGS_ID });
  await rows.update({ id: SETTINGS_ID, keyCheck }, { keyCheck: cipher.resealed(keyCheck, CHECK_PLACE) });
}
