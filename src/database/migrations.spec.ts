import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';

describe('The migrations', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  it('make exactly the tables that the entities describe', async () => {
    const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be run again where all of them have run', async () => {
    expect(await database.dataSource.runMigrations()).toEqual([]);
  });

  it('can be undone', async () => {
    await database.dataSource.undoLastMigration();
    const tables = await database.dataSource.query<{ name: string }[]>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    expect(tables.map(({ name }) => name)).toEqual(['migrations']);
  });
});
