import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { newId } from '../common/persistence/ids.js';
import { readRegistryState } from './tokens/registry-state.statements.js';
import { SigningKey, SigningKeyUse } from './keys/signing-key.entity.js';

/** Their ids are longer than MySQL's 1,024 bytes of a GROUP_CONCAT. */
const KEYS = 60;

describe(readRegistryState, () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  const add = (id: string) =>
    database.dataSource.getRepository(SigningKey).insert({
      ...{ id, use: SigningKeyUse.TOKEN, sealedPrivateKey: 'sealed', certificate: null, signsFrom: new Date() },
    });

  it('tells of a new key, and of one that is gone, however many there are', async () => {
    const stamps = new Set<string>();
    const ids = Array.from({ length: KEYS }, () => newId());
    for (const id of ids) {
      await add(id);
      stamps.add((await readRegistryState(database.dataSource)).keyStamp);
    }
    expect(stamps.size).toBe(KEYS);
    await database.dataSource.getRepository(SigningKey).delete({ id: ids.at(-2) });
    expect(stamps).not.toContain((await readRegistryState(database.dataSource)).keyStamp);
  });
});
