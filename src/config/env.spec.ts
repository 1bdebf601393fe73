import { describe, expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment } from './env.js';

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readEnvironment(source);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems;
    throw error;
  }
}

describe(readEnvironment.name, () => {
  it('needs nothing: every variable has a value that works', () => {
    expect(readEnvironment({})).toMatchObject({ port: 8080, databaseFile: 'data/mooring.db', production: false });
  });

  it('reports every problem at once', () => {
    expect(problemsOf({ PORT: 'x', PUBLIC_URL: 'ftp://a', LOG_LEVEL: 'loud' })).toHaveLength(3);
  });

  it('quotes no value, for it may be a secret', () => {
    const problems = problemsOf({
      ADMIN_PASSWORD: 'hunter2',
      ENCRYPTION_KEY: 'c2hvcnQ=',
      DATABASE_URL: 'mysql://u:pw@h',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toMatch(/hunter2|c2hvcnQ|pw@h/);
  });

  it.each(['https://a.example/path', 'https://a.example?x', 'https://u:p@a.example', 'nonsense'])(
    'refuses %s as public URL, which is an origin',
    (url) => {
      expect(problemsOf({ PUBLIC_URL: url })).toHaveLength(1);
    },
  );

  it('takes two encryption keys, the sealing one first', () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const keys = readEnvironment({ ENCRYPTION_KEY: `${a.toString('base64')},${b.toString('base64')}` }).encryptionKeys;
    expect(keys).toEqual([a, b]);
  });
});
