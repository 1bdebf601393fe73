import { afterEach, describe, expect, it } from '@jest/globals';
import { besideRequests, writeBesideRequests } from './beside-requests.js';
import { preparedRead } from './prepared-read.js';
import { kindOf, RunningStatement, statements, StatementTimes } from './statement-times.js';

describe(kindOf, () => {
  it.each([
    ['SELECT 1', 'read'],
    [preparedRead('SELECT 1'), 'read'],
    ['\n  /* relaxed */ /* x */\n UPDATE users SET a = ?', 'write'],
    ['insert into users values (?)', 'write'],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'read'],
    [besideRequests('SELECT 1'), 'beside'],
    [writeBesideRequests('UPDATE users SET a = 1'), 'beside'],
    ['PRAGMA busy_timeout = 0', 'other'],
    ['', 'other'],
  ])('tells of %j that it is a %s', (sql, kind) => {
    expect(kindOf(sql)).toBe(kind);
  });
});

describe(StatementTimes, () => {
  const heard: RunningStatement[] = [];
  const listener = { start: (statement: unknown) => void heard.push(statement as RunningStatement) };
  afterEach(() => {
    statements.unsubscribe(listener as never);
    heard.length = 0;
  });

  it('tells of statements that succeed and that fail, and changes neither', async () => {
    const times = new StatementTimes('sqlite');
    const told: string[] = [];
    times.tell((kind, seconds) => void told.push(`${kind} ${seconds >= 0}`));
    expect(await times.run('SELECT 1', () => Promise.resolve('row'))).toBe('row');
    await expect(times.run('UPDATE x', () => Promise.reject(new Error('locked')))).rejects.toThrow('locked');
    expect(told).toEqual(['read true', 'write true']);
  });

  it('tells listeners of traces the text alone, without values', async () => {
    statements.subscribe(listener as never);
    await new StatementTimes('server').run('SELECT ?', () => Promise.resolve(1));
    expect(heard).toMatchObject([{ engine: 'server', kind: 'read', sql: 'SELECT ?' }]);
  });
});
