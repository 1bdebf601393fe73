import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Repository } from 'typeorm';
import { openDatabase, TestDatabase } from '../../../test/support/database.js';
import { DirectStatements } from './direct-statements.js';
import { newId } from './ids.js';
import { RELAXED_DURABILITY as mark } from './relaxed-durability.js';

/** Some columns of a table that has one of each type. */
interface Grant {
  userId: string;
  sealedIdToken: string;
  expiresAt: Date;
  retryAt: Date | null;
  verifiedAt: Date | null;
  groupNames: string | null;
  leaseUntil: string | null;
  unclearFromMs: string | null;
  failure: string | null;
  errorAnswers: number;
  isForeign: boolean;
  version: number;
}

describe(DirectStatements, () => {
  let database: TestDatabase;
  let grants: Repository<Grant>;
  let direct: DirectStatements<Grant>;
  const [lin, kim] = [newId(), newId()];
  const at = new Date('2026-02-28T23:59:59.987Z');

  beforeEach(async () => {
    database = await openDatabase();
    grants = database.dataSource.getRepository<Grant>('ProviderGrant');
    direct = new DirectStatements(grants);
    const common = { isAdmin: false, isDisabled: false, mode: null, createdAt: at, updatedAt: at };
    for (const [id, name] of [
      [lin, 'lin'],
      [kim, 'kim'],
    ] as const) {
      const names = { username: name, foldedName: name, securityStamp: newId() };
      await database.dataSource.getRepository('User').insert({ id, ...names, ...common });
      const grant = { issuer: 'https://id.example', clientId: 'mooring', sealedIdToken: `of ${name}`, expiresAt: at };
      await grants.insert({ userId: id, ...grant, version: 1 });
    }
  });
  afterEach(() => database.close());

  it('finds an entity just as its repository does', async () => {
    const full = { verifiedAt: at, isForeign: true, groupNames: '["Gäste","\u{1f6a2}"]', leaseUntil: '1795826517251' };
    await grants.update({ userId: kim }, { ...full, unclearFromMs: '5', retryAt: at, failure: 'UNAVAILABLE' });
    for (const userId of [lin, kim]) {
      expect(await direct.find({ userId })).toStrictEqual(await grants.findOneBy({ userId }));
    }
    expect(await direct.find({ userId: newId() })).toBeNull();
  });

  it('stores values just as a repository does', async () => {
    const set = {
      retryAt: at,
      isForeign: true,
      failure: null,
      errorAnswers: 7,
      sealedIdToken: "it's ? \\ :it \u{1f6a2}",
    };
    await grants.update({ userId: kim }, set);
    expect(await direct.update({ mark, set, where: { userId: lin } })).toBe(true);
    const [one, other] = [await grants.findOneByOrFail({ userId: lin }), await grants.findOneByOrFail({ userId: kim })];
    expect({ ...one, userId: kim }).toEqual(other);
  });

  it('changes only rows that meet every condition, and tells whether there was one', async () => {
    const set = { version: () => 'version + 1' };
    const where = { userId: lin, isForeign: false, retryAt: null, expiresAt: at, version: 1 };
    for (const other of [{ isForeign: true }, { retryAt: at }, { expiresAt: new Date(0) }, { version: 2 }]) {
      expect(await direct.update({ mark, set, where: { ...where, ...other } })).toBe(false);
    }
    expect(await direct.update({ mark, set, where, and: 'lease_until IS NOT NULL' })).toBe(false);
    expect(await direct.update({ mark, set, where, and: 'lease_until IS NULL' })).toBe(true);
    expect([(await direct.find({ userId: lin }))?.version, (await direct.find({ userId: kim }))?.version]).toEqual([
      2, 1,
    ]);
  });

  it('refuses a condition without a value, and an unknown column', async () => {
    const set = { version: 2 };
    await expect(direct.update({ mark, set, where: { userId: undefined } })).rejects.toThrow(TypeError);
    const unknown = { nothing: 1 } as object;
    await expect(direct.update({ mark, set: unknown, where: { userId: lin } })).rejects.toThrow(TypeError);
    expect((await direct.find({ userId: lin }))?.version).toBe(1);
  });

  it('begins an update with its mark', async () => {
    const runner = database.dataSource.createQueryRunner();
    const seen: string[] = [];
    const query = runner.query.bind(runner);
    const createQueryRunner = database.dataSource.createQueryRunner.bind(database.dataSource);
    runner.query = (...given: Parameters<typeof query>) => (seen.push(given[0]), query(...given));
    database.dataSource.createQueryRunner = () => runner;
    await direct.update({ mark, set: { version: 2 }, where: { userId: lin } });
    database.dataSource.createQueryRunner = createQueryRunner;
    expect(seen[0]?.startsWith(`/* ${mark} */ UPDATE`)).toBe(true);
  });
});
