import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { startModeRaces } from '../../test/support/mode-races.js';

const ROUNDS = 200;

describe('The auth mode', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  it(`is switched, or a user of the old mode is inserted, but never both: ${ROUNDS} races of two connections`, async () => {
    const races = await startModeRaces(database.environment.database);
    const outcomes = [];
    for (let round = 0; round < ROUNDS; round++) outcomes.push(await races.run(round));
    await races.end();
    expect(outcomes.filter(({ switched, inserted }) => switched === inserted || typeof inserted !== 'boolean')).toEqual(
      [],
    );
  });
});
