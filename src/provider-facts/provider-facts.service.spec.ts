import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { newId } from '../common/persistence/ids.js';
import { ProviderFacts } from './provider-facts.entity.js';
import { MOST_WITHOUT_REFRESH_TOKEN, ProviderFactsService } from './provider-facts.service.js';

const CLIENT = 'a'.repeat(64);

describe('People who got no refresh token', () => {
  let database: TestDatabase;
  let replicas: ProviderFactsService[];
  const people = Array.from({ length: 5 }, newId);

  beforeEach(async () => {
    database = await openDatabase();
    const table = database.dataSource.getRepository(ProviderFacts);
    replicas = Array.from({ length: 3 }, () => new ProviderFactsService(table));
  });
  afterEach(() => database.close());

  const note = (replica: number, revision: number, person: number) =>
    replicas[replica]!.noteWithoutRefreshToken(CLIENT, revision, people[person]!);
  const count = (revision: number) => replicas[0]!.countWithoutRefreshToken(CLIENT, revision);

  it('are different people, noted by any replica', async () => {
    expect(await count(1)).toBe(0);
    for (const [replica, person] of [0, 0, 1, 0].entries()) await note(replica % 3, 1, person);
    expect(await count(1)).toBe(2);
  });

  it('are all noted if several replicas note them at the same moment', async () => {
    await Promise.all([note(0, 1, 0), note(1, 1, 1), note(2, 1, 1)]);
    expect(await count(1)).toBe(2);
  });

  it('are counted up to the number that ends the asking', async () => {
    for (const person of people.keys()) await note(0, 1, person);
    expect(await count(1)).toBe(MOST_WITHOUT_REFRESH_TOKEN);
  });

  it('are those of one revision of the settings: a newer one begins anew, and an older note changes nothing', async () => {
    await note(0, 2, 0);
    await note(0, 1, 1);
    expect([await count(1), await count(2)]).toEqual([0, 1]);
    await note(0, 3, 1);
    expect([await count(2), await count(3)]).toEqual([0, 1]);
    await note(1, 2, 2);
    expect([await count(2), await count(3)]).toEqual([0, 1]);
  });

  it('and the accepted method of client authentication change nothing of each other, whichever revision is noted first', async () => {
    const facts = replicas[0]!;
    await facts.noteClientAuthentication(CLIENT, 1, 'client_secret_post');
    await facts.takeOtherTry(CLIENT, 1, new Date());
    await note(0, 2, 0);
    expect(await facts.clientAuthentication(CLIENT, 1)).toBe('client_secret_post');
    expect(await facts.clientAuthentication(CLIENT, 2)).toBeNull();
    expect(await facts.takeOtherTry(CLIENT, 1, new Date())).toBe(false);
    await facts.noteClientAuthentication(CLIENT, 3, 'client_secret_basic');
    expect([await count(2), await count(3)]).toEqual([1, 0]);
  });
});

describe('Grants that ended with a logout at the provider', () => {
  let database: TestDatabase;
  let others: TestDatabase[];
  let replicas: ProviderFactsService[];
  beforeAll(async () => {
    database = await openDatabase();
    others = [await openDatabase(database), await openDatabase(database)];
  });
  afterAll(async () => {
    for (const other of others) await other.close();
    await database.close();
  });
  beforeEach(async () => {
    await database.dataSource.getRepository(ProviderFacts).clear();
    replicas = [database, ...others].map(
      ({ dataSource }) => new ProviderFactsService(dataSource.getRepository(ProviderFacts)),
    );
  });

  const known = async () => [
    await replicas[0]!.endsByLogout(CLIENT, false),
    await replicas[2]!.endsByLogout(CLIENT, true),
  ];
  const lin = { userId: 'lin', isOffline: false };
  const sam = { userId: 'sam', isOffline: true };

  it('are known on each replica, those with offline access for all', async () => {
    expect(await known()).toEqual([false, false]);
    await replicas[1]!.noteEndedByLogout(CLIENT, lin);
    expect(await known()).toEqual([true, false]);
    await replicas[1]!.noteEndedByLogout(CLIENT, sam);
    expect(await known()).toEqual([true, true]);
    expect(await replicas[0]!.endsByLogout('another', false)).toBe(false);
  });

  it('are taken back only by the grant that was noted: of several at once, one', async () => {
    const people = replicas.map((_replica, index) => ({ userId: `person-${index}`, isOffline: true }));
    await Promise.all(replicas.map((replica, index) => replica.noteEndedByLogout(CLIENT, people[index]!)));
    const { offlineEndedByLogout } = (await replicas[0]!.of(CLIENT))!;
    for (const person of people.filter(({ userId }) => userId !== offlineEndedByLogout)) {
      await replicas[1]!.forgetEndedByLogout(CLIENT, person);
    }
    expect(await known()).toEqual([true, true]);
    await replicas[1]!.forgetEndedByLogout(CLIENT, { userId: offlineEndedByLogout!, isOffline: true });
    expect(await known()).toEqual([false, false]);
  });
});
