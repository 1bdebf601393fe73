import { expect, it } from '@jest/globals';
import { openDatabase } from '../../test/support/database.js';
import { repeatWhile } from './resilient-statements.js';

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

/** Runs something that fails that many times first; returns how often it was run. */
const runsUntilDone = async (failures: number, mayRepeat: boolean) => {
  let runs = 0;
  const run = () => (++runs > failures ? Promise.resolve() : Promise.reject(new Error('in the way')));
  await repeatWhile(() => mayRepeat, run).catch(() => undefined);
  return runs;
};

it('What others got in the way of is repeated, six times at the most; what failed otherwise is not', async () => {
  expect(await runsUntilDone(2, true)).toBe(3);
  expect(await runsUntilDone(100, true)).toBe(6);
  expect(await runsUntilDone(1, false)).toBe(1);
});
