import { DataSource, EntityMetadata } from 'typeorm';
import { CannotOpen, Cipher } from '../common/crypto/cipher.js';
import { changedARow } from '../common/persistence/conditional-write.js';
import { CHECK_CONTEXT } from '../settings/installation.js';
import { rewrappedDocument } from '../settings/settings.document.js';
import { SETTINGS_ID, SettingsRow } from '../settings/settings.entity.js';

const ROWS_AT_ONCE = 200;
const SEALED = /^sealed_/;

/** The progress of a run. */
export interface Rewrapped {
  /** Values that this run sealed with the first key. */
  readonly rewrapped: number;
  /** Values that no key opens; they stay as they are. */
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
 * Seals every value in the database with the first of the keys, while servers may be running. Each value is one write, on
 * the condition that it has not changed, so that a concurrent write wins; a run that was killed can be repeated. The value
 * that reveals a wrong key comes last, and only if no other value is left: until then a server without the old key does
 * not start.
 *
 * @param onProgress called after each batch with the column and its progress
 * @returns the progress, and whether the old key is no longer needed
 * @throws {CannotOpen} if none of the keys opens the stored client secret
 */
export async function rewrap(
  database: DataSource,
  cipher: Cipher,
  onProgress: (column: string, done: Rewrapped) => void,
): Promise<Rewrapped & { readonly isComplete: boolean }> {
  const total = { rewrapped: 0, unopened: 0 };
  for (const column of sealedColumns(database)) {
    const done = await rewrapColumn(database, cipher, column, onProgress);
    total.rewrapped += done.rewrapped;
    total.unopened += done.unopened;
  }
  total.rewrapped += await rewrapSettings(database, cipher);
  const isComplete = total.unopened === 0 && !(await isAnyLeft(database, cipher));
  if (isComplete) await rewrapCheck(database, cipher);
  return { ...total, isComplete };
}

async function rewrapColumn(
  database: DataSource,
  cipher: Cipher,
  column: SealedColumn,
  onProgress: (column: string, done: Rewrapped) => void,
): Promise<Rewrapped> {
  const done = { rewrapped: 0, unopened: 0 };
  let values = await valuesAfter(database, cipher, column);
  while (values.length > 0) {
    for (const value of values) {
      const outcome = await rewrapValue(database, cipher, column, value);
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

async function rewrapValue(
  database: DataSource,
  cipher: Cipher,
  { entity, table, column, property, idProperty }: SealedColumn,
  { id, sealed }: SealedValue,
): Promise<keyof Rewrapped | undefined> {
  try {
    const change = { [property]: cipher.rewrapped(sealed, { table, column, row: id }) };
    const unchanged = { [idProperty]: id, [property]: sealed };
    return changedARow(await database.getRepository(entity.target).update(unchanged, change)) ? 'rewrapped' : undefined;
  } catch (error) {
    if (error instanceof CannotOpen) return 'unopened';
    throw error;
  }
}

async function rewrapSettings(database: DataSource, cipher: Cipher): Promise<number> {
  const rows = database.getRepository(SettingsRow);
  const { document } = await rows.findOneByOrFail({ id: SETTINGS_ID });
  const rewrapped = rewrappedDocument(document, cipher);
  if (rewrapped === document) return 0;
  // A concurrent change of a setting was sealed with the key of a server: the next run checks it.
  return changedARow(await rows.update({ id: SETTINGS_ID, document }, { document: rewrapped })) ? 1 : 0;
}

async function isAnyLeft(database: DataSource, cipher: Cipher): Promise<boolean> {
  for (const column of sealedColumns(database)) {
    if ((await valuesAfter(database, cipher, column)).length > 0) return true;
  }
  const { document } = await database.getRepository(SettingsRow).findOneByOrFail({ id: SETTINGS_ID });
  return rewrappedDocument(document, cipher) !== document;
}

async function rewrapCheck(database: DataSource, cipher: Cipher): Promise<void> {
  const rows = database.getRepository(SettingsRow);
  const { keyCheck } = await rows.findOneByOrFail({ id: SETTINGS_ID });
  await rows.update({ id: SETTINGS_ID, keyCheck }, { keyCheck: cipher.rewrapped(keyCheck, CHECK_CONTEXT) });
}
