import { EntityMetadata, ObjectLiteral, Repository } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { rowsChangedBy } from './conditional-write.js';

/** Values of columns by the names of their properties; a function returns SQL, which may name columns and takes no parameters. */
export type Assignments<Entity> = { readonly [Name in keyof Entity]?: Entity[Name] | (() => string) };

/** Values that columns have to have, by the names of their properties; null: the column is null. */
export type Expected<Entity> = { readonly [Name in keyof Entity]?: Entity[Name] };

/** A conditional `UPDATE`. */
export interface DirectUpdate<Entity> {
  /** A mark of its durability, as a query builder takes it for its comment. */
  readonly mark: string;
  /** In this order: MySQL reads a column that is assigned further left with its new value. */
  readonly set: Assignments<Entity>;
  readonly where: Expected<Entity>;
  /** A further condition, in SQL. */
  readonly and?: string;
}

/**
 * Frequent statements on one table. They are those that a repository would make, with the same values, but without its query
 * builder: making a statement and an entity there takes several times as long as running it on SQLite.
 */
export class DirectStatements<Entity extends ObjectLiteral> {
  private known?: ReadonlyMap<string, ColumnMetadata>;
  private selection?: string;

  constructor(private readonly rows: Repository<Entity>) {}

  /** Runs an update outside any transaction. Whether it changed a row. */
  async update({ mark, set, where, and }: DirectUpdate<Entity>): Promise<boolean> {
    const parameters: unknown[] = [];
    const assigned = this.pairsOf(set, parameters).map(([column, value]) => `${column} = ${value ?? 'NULL'}`);
    const conditions = this.conditionsOf(where, parameters);
    if (and !== undefined) conditions.push(and);
    const sql = `/* ${mark} */ UPDATE ${this.metadata.tablePath} SET ${assigned.join(', ')} WHERE ${conditions.join(' AND ')}`;
    return (await rowsChangedBy(this.database, sql, parameters)) > 0;
  }

  /** The entity with these values, or null if there is none; without its relations. */
  async find(where: Expected<Entity>): Promise<Entity | null> {
    const parameters: unknown[] = [];
    const conditions = this.conditionsOf(where, parameters).join(' AND ');
    this.selection ??= [...this.columns.values()].map(({ databaseName }) => databaseName).join(', ');
    const sql = `SELECT ${this.selection} FROM ${this.metadata.tablePath} WHERE ${conditions}`;
    const [row] = await this.database.query<Record<string, unknown>[]>(sql, parameters);
    return row ? this.entityOf(row) : null;
  }

  private get database() {
    return this.rows.manager.connection;
  }

  private get metadata(): EntityMetadata {
    return this.rows.metadata;
  }

  private get columns(): ReadonlyMap<string, ColumnMetadata> {
    return (this.known ??= new Map(this.metadata.columns.map((column) => [column.propertyName, column])));
  }

  private entityOf(row: Readonly<Record<string, unknown>>): Entity {
    const entity = this.metadata.create() as Record<string, unknown>;
    for (const [name, column] of this.columns) {
      entity[name] = this.database.driver.prepareHydratedValue(row[column.databaseName], column);
    }
    return entity as Entity;
  }

  private conditionsOf(where: Expected<Entity>, parameters: unknown[]): string[] {
    // An unknown value must not widen the condition.
    if (Object.values(where).includes(undefined)) throw new TypeError('A condition has no value.');
    const pairs = this.pairsOf(where, parameters);
    return pairs.map(([column, value]) => (value === null ? `${column} IS NULL` : `${column} = ${value}`));
  }

  /** The columns with their values in SQL, null for the value null; what is undefined is left out. Adds to the parameters. */
  private pairsOf(values: Assignments<Entity>, parameters: unknown[]): [column: string, value: string | null][] {
    const pairs: [string, string | null][] = [];
    for (const [name, value] of Object.entries<unknown>(values)) {
      if (value === undefined) continue;
      const column = this.columnOf(name);
      if (typeof value === 'function') pairs.push([column.databaseName, (value as () => string)()]);
      else if (value === null) pairs.push([column.databaseName, null]);
      else {
        parameters.push(this.database.driver.preparePersistentValue(value, column));
        pairs.push([column.databaseName, '?']);
      }
    }
    return pairs;
  }

  private columnOf(name: string): ColumnMetadata {
    const column = this.columns.get(name);
    if (!column) throw new TypeError(`There is no column ${name} in ${this.metadata.tableName}.`);
    return column;
  }
}
