import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.js';
import { openDatabase, storedText, TestDatabase } from '../../test/support/database.js';
import { ProviderQuestion } from './provider-question.entity.js';
import { ProviderQuestionsService } from './provider-questions.service.js';

const SUBJECT = ['authorization endpoint', 'https://id.example'];
const TWICE = { times: 2, inMs: 60_000 };
const HOUR_MS = 3_600_000;

describe(ProviderQuestionsService, () => {
  let database: TestDatabase;
  let clock: FakeClock;
  beforeEach(async () => {
    database = await openDatabase();
    clock = new FakeClock();
  });
  afterEach(() => database.close());

  const replica = (own = clock) =>
    new ProviderQuestionsService(database.dataSource.getRepository(ProviderQuestion), database.installation, own);
  const taken = async (questions: ProviderQuestionsService[], times: number) => {
    const all = Array.from({ length: times }, (_, index) =>
      questions[index % questions.length]!.of(1).take(SUBJECT, TWICE),
    );
    return (await Promise.all(all)).filter((isTaken) => isTaken).length;
  };

  it('allows as many at once as it says, over replicas, and as many again when their time is over', async () => {
    const replicas = [replica(), replica(), replica()];
    expect(await taken(replicas, 50)).toBe(2);
    clock.advance(59);
    expect(await taken(replicas, 10)).toBe(0);
    clock.advance(2);
    expect(await taken(replicas, 50)).toBe(2);
  });

  it('allows no more where the clocks of replicas differ, and is not stopped by one that was set back', async () => {
    const ahead = new FakeClock();
    ahead.advance(30);
    expect(await taken([replica(ahead), replica()], 10)).toBe(2);
    expect(await taken([replica()], 10)).toBe(0);
    clock.advance(-HOUR_MS / 1000);
    expect(await taken([replica()], 10)).toBe(2);
  });

  it('counts each subject by itself', async () => {
    expect(await taken([replica()], 5)).toBe(2);
    expect(await replica().of(1).take(['authorization endpoint', 'https://other.example'], TWICE)).toBe(true);
  });

  it('allows once in a revision and once in a pause, whatever comes first', async () => {
    const once = (revision: number) => replica().of(revision).takeOnce(SUBJECT, HOUR_MS);
    expect((await Promise.all([once(1), once(1), once(1)])).filter((isTaken) => isTaken)).toHaveLength(1);
    expect(await once(2)).toBe(false);
    clock.advance(HOUR_MS / 1000 + 1);
    expect([await once(1), await once(2), await once(2), await once(1)]).toEqual([false, true, false, false]);
    clock.advance(HOUR_MS / 1000 + 1);
    expect([await once(2), await once(3)]).toEqual([false, true]);
  });

  it('tells every replica what was learned, until the question is asked again', async () => {
    await replica().of(1).takeOnce(SUBJECT, HOUR_MS);
    expect(await replica().of(1).learned(SUBJECT)).toBeNull();
    await replica().of(1).learn(SUBJECT, '{"a":1}');
    expect(await replica().of(2).learned(SUBJECT)).toMatchObject({ answer: '{"a":1}', at: expect.any(Date) });
    clock.advance(HOUR_MS / 1000 + 1);
    await replica().of(2).takeOnce(SUBJECT, HOUR_MS);
    expect(await replica().of(2).learned(SUBJECT)).toBeNull();
  });

  it('stores no subject in a form that can be read or guessed, and forgets what is old', async () => {
    await replica().of(1).learn(['credentials', 'a-client-secret'], '{}');
    expect(await storedText(database.environment)).not.toContain('a-client-secret');
    clock.advance(2 * 86_400);
    await replica().of(2).learn(SUBJECT, '{}');
    expect(await database.dataSource.getRepository(ProviderQuestion).count()).toBe(1);
  });

  it('allows nothing and knows nothing while the database does not answer', async () => {
    const service = replica();
    await database.dataSource.query('DROP TABLE provider_questions');
    const questions = service.of(1);
    expect([await questions.take(SUBJECT, TWICE), await questions.takeOnce(SUBJECT, HOUR_MS)]).toEqual([false, false]);
    await questions.learn(SUBJECT, '{}');
    expect(await questions.learned(SUBJECT)).toBeNull();
  });
});
