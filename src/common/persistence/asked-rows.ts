import { DataSource } from 'typeorm';
import { preparedRead } from './prepared-read.js';

const powerOfTwoFrom = (count: number) => 2 ** Math.ceil(Math.log2(count));

/**
 * A read of the rows for some keys, as prepared statements. The list of keys is filled up to a power of two, so that there
 * are few different statements.
 */
export class AskedRows<Row extends object> {
  private readonly texts = new Map<number, string>();

  /**
   * @param statement makes the statement from a table in parentheses, whose one column `item` has the asked keys, and null
   * in each row that only fills up: leave these out with `WHERE asked.item IS NOT NULL`
   */
  constructor(private readonly statement: (asked: string) => string) {}

  /**
   * The rows for these keys.
   *
   * @param keys one or more
   * @param others the parameters that follow the list
   */
  of(database: DataSource, keys: readonly string[], ...others: readonly string[]): Promise<Row[]> {
    const size = powerOfTwoFrom(keys.length);
    const filling = Array.from({ length: size - keys.length }, () => null);
    return database.query<Row[]>(this.textOf(size), [...keys, ...filling, ...others]);
  }

  private textOf(size: number): string {
    const known = this.texts.get(size);
    if (known !== undefined) return known;
    const asked = Array.from({ length: size }, () => 'SELECT ? AS item').join(' UNION ALL ');
    const text = preparedRead(this.statement(`(${asked})`));
    this.texts.set(size, text);
    return text;
  }
}
