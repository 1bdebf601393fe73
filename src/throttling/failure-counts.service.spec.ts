import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { FailureCounts } from './failure-counts.service.js';
import { numberOfCounts } from './failure-count.statements.js';

const SECONDS = 60;
const budget = (limit: number, key = 'user lin') => [{ key, limit }];

describe(FailureCounts.name, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  beforeEach(async () => {
    database = await openDatabase();
    clock = new FakeClock();
  });
  afterEach(() => database.close());

  const replica = () => new FailureCounts(database.dataSource, database.installation, clock);
  const isOver = async (counts: FailureCounts, limit: number, credential: string) =>
    (await counts.count(budget(limit), credential, SECONDS)).length > 0;

  it('hold over replicas, each wrong credential once wherever it is repeated', async () => {
    const [one, other] = [replica(), replica()];
    for (const credential of ['a', 'b', 'a', 'b']) expect(await isOver(one, 3, credential)).toBe(false);
    for (const credential of ['a', 'b', 'c']) expect(await isOver(other, 3, credential)).toBe(false);
    expect(await isOver(one, 3, 'd')).toBe(true);
  });

  it('lose nothing of what is counted at the same moment', async () => {
    const replicas = [replica(), replica()];
    const credentials = Array.from({ length: 40 }, (_, index) => `wrong-${index}`);
    await Promise.all(credentials.map((one, index) => replicas[index % 2]!.count(budget(100), one, SECONDS)));
    const afresh = replica();
    expect([await isOver(afresh, 40, 'wrong-0'), await isOver(afresh, 40, 'one more')]).toEqual([false, true]);
  });

  it('take two statements for all guesses of one moment, and count each of them for its own user and address', async () => {
    const replicas = [replica(), replica(), replica()];
    const statements = jest.spyOn(database.dataSource, 'query');
    const guesses = Array.from({ length: 30 }, (_, index) => index);
    const keysOf = (index: number) => [...budget(9, `user ${index % 5}`), ...budget(9, `address ${index % 2}`)];
    await Promise.all(guesses.map((index) => replicas[index % 3]!.count(keysOf(index), `wrong-${index}`, SECONDS)));
    // Each replica also sweeps once.
    expect(statements.mock.calls.filter(([sql]) => sql.includes('INSERT INTO guess_counts'))).toHaveLength(3);
    statements.mockRestore();
    const afresh = replica();
    const over = async (limit: number, key: string) =>
      (await afresh.count(budget(limit, key), 'wrong-0', SECONDS)).length > 0;
    for (const user of [1, 2, 3, 4]) expect(await over(6, `user ${user}`)).toBe(true);
    for (const user of [1, 2, 3, 4]) expect(await over(7, `user ${user}`)).toBe(false);
    expect([await over(15, 'address 1'), await over(16, 'address 1')]).toEqual([true, false]);
  });

  it('let as many of those at the same moment pass as the limit says, and no fewer', async () => {
    const replicas = [replica(), replica()];
    const credentials = Array.from({ length: 40 }, (_, index) => `wrong-${index}`);
    const over = await Promise.all(credentials.map((one, index) => isOver(replicas[index % 2]!, 30, one)));
    expect(over.filter((isOne) => isOne)).toHaveLength(10);
  });

  it('begin anew when their time is over', async () => {
    const counts = replica();
    await counts.count(budget(1), 'a', SECONDS);
    expect(await isOver(counts, 1, 'b')).toBe(true);
    clock.advance(SECONDS + 1);
    expect(await isOver(counts, 1, 'c')).toBe(false);
    expect(await isOver(replica(), 1, 'd')).toBe(true);
  });

  it('are deleted when nothing counts any longer, but for addresses that are known to a user', async () => {
    const counts = replica();
    counts.trust('known 192.0.2.1 lin', 'user lin');
    await counts.beforeApplicationShutdown();
    await counts.count(budget(9, 'address 192.0.2.9'), 'a', SECONDS);
    expect(await numberOfCounts(database.dataSource)).toBe(2);
    clock.advance(SECONDS + 1);
    await counts.count(budget(9), 'b', SECONDS);
    expect(await numberOfCounts(database.dataSource)).toBe(2);
    expect(await replica().isTrusted('known 192.0.2.1 lin')).toBe(true);
    clock.advance(31 * 86_400);
    expect(await replica().isTrusted('known 192.0.2.1 lin')).toBe(false);
  });

  it('keep of the addresses that are known to one user the latest hundred, whatever was counted of others', async () => {
    const counts = replica();
    counts.trust('known 192.0.2.1 sam', 'user sam');
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 70; index++) counts.trust(`known ${round}.${index} lin`, 'user lin');
      await counts.beforeApplicationShutdown();
      clock.advance(1);
    }
    expect(await numberOfCounts(database.dataSource)).toBe(101);
    const isTrusted = (key: string) => replica().isTrusted(key);
    expect(await isTrusted('known 192.0.2.1 sam')).toBe(true);
    for (const index of [0, 35, 69]) expect(await isTrusted(`known 2.${index} lin`)).toBe(true);
    for (const index of [0, 35, 69]) expect(await isTrusted(`known 0.${index} lin`)).toBe(false);
  });

  it('write of the addresses that are known to one user no more in a round than are kept', async () => {
    const counts = replica();
    const statements = jest.spyOn(database.dataSource, 'query');
    for (let index = 0; index < 1000; index++) counts.trust(`known ${index} lin`, 'user lin');
    await counts.beforeApplicationShutdown();
    expect(statements).toHaveBeenCalledTimes(101);
    statements.mockRestore();
    expect(await replica().isTrusted('known 999 lin')).toBe(true);
  });

  it('keep nothing that can be read: no name, no address, no credential', async () => {
    await replica().count(budget(9, 'address 192.0.2.9 lin'), 'hunter2', SECONDS);
    const rows = JSON.stringify(await database.dataSource.query('SELECT * FROM guess_counts'));
    expect(rows).not.toMatch(/192\.0|lin|hunter2/);
  });

  it('are bounded in number: where strangers made too many, those go that failed least', async () => {
    const counts = replica();
    for (const credential of ['a', 'b', 'c']) await counts.count(budget(3), credential, SECONDS);
    const rows = Array.from({ length: 500 }, (_, part) =>
      Array.from({ length: 201 }, (_, index) => `('${part}-${index}', 1, '', 9999999999999, 0)`).join(','),
    );
    for (const values of rows) {
      await database.dataSource.query(
        `INSERT INTO guess_counts (bucket, failures, credentials, ends_at, trusted_until) VALUES ${values}`,
      );
    }
    clock.advance(11);
    await counts.count(budget(9, 'user sam'), 'a', SECONDS);
    expect(await numberOfCounts(database.dataSource)).toBe(1);
    expect(await isOver(replica(), 3, 'd')).toBe(true);
  });
});
