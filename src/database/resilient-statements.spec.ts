import { expect, it } from '@jest/globals';
import { openDatabase } from '../../test/support/database.js';

it('A runner that the driver hands out again is made resilient once, however many statements it runs', async () => {
  const database = await openDatabase();
  const { driver } = database.dataSource;
  const [one, other] = [driver.createQueryRunner('master'), driver.createQueryRunner('master')];
  const isShared = one === other;
  expect(isShared).toBe(database.dataSource.options.type === 'better-sqlite3');
  const queryOf = (runner: object): unknown => Reflect.get(runner, 'query');
  const query = queryOf(one);
  driver.createQueryRunner('master');
  expect(queryOf(one)).toBe(query);
  await database.close();
});
