import { DataSource } from 'typeorm';

/** Changes of rows of one table that are made one after the other. */
export interface SteppedChange {
  /** The table; its primary key is the column `id`. */
  readonly table: string;
  /** The names of the texts in each step. */
  readonly texts: readonly string[];
  /** The columns of a row, each with its value in SQL: from the step `s` and the stored row `c`. */
  readonly values: Readonly<Record<string, string>>;
  /** The columns that change where the row exists; elsewhere the whole row is inserted. */
  readonly changes: readonly string[];
  /** The condition that `c` has to meet. If no row meets it, the columns of `c` are null. */
  readonly stored: string;
}

/** The texts of one step; one that is left out is null. */
export type Step = Readonly<Record<string, string | undefined>>;

/**
 * Makes the changes in this order and in one statement: all of them, or none. So rows can swap values of a unique column,
 * by way of a value that is free. A step whose stored row has changed fails if a column that must not be null takes its
 * value from `c`.
 *
 * @throws the database's error if any step violates a constraint; then nothing was changed
 */
export async function changeInSteps(database: DataSource, change: SteppedChange, steps: readonly Step[]) {
  const numbered = steps.map((step, place) => ({ ...step, place: String(place) }));
  await database.query(statementOf(change, engineOf(database)), [JSON.stringify(numbered)]);
}

type Engine = keyof typeof DIALECTS;

const engineOf = ({ options }: DataSource): Engine => (options.type === 'better-sqlite3' ? 'sqlite' : 'mysql');

interface Dialect {
  readonly steps: (texts: readonly string[]) => string;
  /** What keeps a row as it was read, until it is written. */
  readonly lock: string;
  readonly onConflict: string;
  readonly excluded: (column: string) => string;
}

const DIALECTS = {
  sqlite: {
    steps: (texts) =>
      `(SELECT ${texts.map((text) => `value ->> '$.${text}' AS ${text}`).join(', ')} FROM json_each(?))`,
    lock: '',
    onConflict: 'ON CONFLICT (id) DO UPDATE SET',
    excluded: (column) => `excluded.${column}`,
  },
  mysql: {
    steps: (texts) =>
      `JSON_TABLE(?, '$[*]' COLUMNS (${texts.map((text) => `${text} VARCHAR(255) PATH '$.${text}'`).join(', ')}))`,
    lock: 'FOR UPDATE',
    onConflict: 'ON DUPLICATE KEY UPDATE',
    excluded: (column) => `VALUES(${column})`,
  },
} satisfies Record<string, Dialect>;

function statementOf({ table, texts, values, changes, stored }: SteppedChange, engine: Engine): string {
  const { steps, lock, onConflict, excluded } = DIALECTS[engine];
  // The order of the steps is that of the numbers: texts would put 10 before 2.
  return `INSERT INTO ${table} (${Object.keys(values).join(', ')})
    SELECT ${Object.values(values).join(', ')} FROM ${steps([...texts, 'place'])} s LEFT JOIN ${table} c ON ${stored}
    WHERE TRUE ORDER BY s.place + 0 ${lock}
    ${onConflict} ${changes.map((column) => `${column} = ${excluded(column)}`).join(', ')}`;
}
