import { describe, expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment } from './env.js';

const A_KEY = Buffer.alloc(32, 3).toString('base64');

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
    expect(readEnvironment({})).toMatchObject({
      port: 8080,
      database: { engine: 'sqlite', file: 'data/mooring.db' },
      production: false,
    });
  });

  it('reports every problem at once', () => {
    expect(problemsOf({ PORT: 'x', PUBLIC_URL: 'ftp://a', LOG_LEVEL: 'loud' })).toHaveLength(3);
  });

  it('takes a number of workers from 1 to 64, and has one where none is given', () => {
    expect([{}, { WORKERS: '1' }, { WORKERS: '64' }].map((given) => readEnvironment(given).workers)).toEqual([
      1, 1, 64,
    ]);
    for (const WORKERS of ['0', '65', '-1', '1.5', 'abc', 'auto', '2 '])
      expect(problemsOf({ WORKERS })).toEqual(['WORKERS must be a whole number from 1 to 64.']);
  });

  it('takes a name with spaces for the registry, as other registries have, but none at its ends', () => {
    expect(readEnvironment({ REGISTRY_SERVICE: 'Docker registry' }).registryService).toBe('Docker registry');
    for (const name of [' a', 'a ', 'a"b', 'a\\b', 'a\nb', 'ä'])
      expect(problemsOf({ REGISTRY_SERVICE: name })).toHaveLength(1);
  });

  it('leaves a line break out that ends ADMIN_PASSWORD, and no more', () => {
    const passwordOf = (text: string) => readEnvironment({ ADMIN_PASSWORD: text }).adminPassword?.reveal();
    expect(passwordOf('First-password-1\n')).toBe('First-password-1');
    expect(passwordOf('First-password-1\r\n')).toBe('First-password-1');
    expect(passwordOf('First-password-1 ')).toBe('First-password-1 ');
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

  it.each([
    ...['https://a.example?x', 'https://u:p@a.example', 'nonsense', 'https://a.example/m?', 'https://a.example/m#'],
    ...['https://a.example//', 'https://a.example//m', 'https://a.example/m//', 'https://a.example/m;x'],
    ...['https://a.example/m%2Fx', 'https://a.example/m x', 'https://a.example/mö', 'https://a.example/m"x'],
    ...['https://a.example/c', 'https://a.example/service/', 'https://a.example/v2/m', 'https://a.example/m/../c/x'],
  ])(
    'refuses %s as public URL, which is an origin, or one with a path that no URL has to encode and no route has',
    (url) => {
      expect(problemsOf({ PUBLIC_URL: url })).toEqual([expect.stringMatching(/^PUBLIC_URL must be/)]);
    },
  );

  it.each([
    ['https://a.example', '/'],
    ['https://a.example/', '/'],
    ['https://a.example/mooring', '/mooring/'],
    ['https://a.example/mooring/', '/mooring/'],
    ['https://a.example:8443/tools/mooring-2.x_~', '/tools/mooring-2.x_~/'],
    ['https://a.example/x/../mooring', '/mooring/'],
    ['https://a.example/mooring/c', '/mooring/c/'],
  ])('takes %s as public URL', (url, path) => {
    expect(readEnvironment({ PUBLIC_URL: url }).publicUrl.pathname).toBe(path);
  });

  it('takes a MySQL address with what is percent-encoded in it, and keeps the password wrapped', () => {
    const source = { DATABASE_URL: 'mysql://moor%40ing:p%2Fw@[::1]/my%20db', ENCRYPTION_KEY: A_KEY };
    const { database } = readEnvironment(source);
    expect(database).toMatchObject({ engine: 'mysql', host: '::1', port: 3306, user: 'moor@ing', name: 'my db' });
    expect(database.engine === 'mysql' && database.password.reveal()).toBe('p/w');
    expect(JSON.stringify(database)).not.toContain('p/w');
  });

  it.each([
    'mysql://h/n',
    'mysql://u@h/',
    'mysql://u@h/n?x=1',
    'mysql://u@h/n?ssl-mode=PREFERRED',
    'mysql://u@h/n?ssl-mode=REQUIRED&ssl-mode=DISABLED',
    'mysql://u@127.0.0.1/n?ssl-mode=VERIFY_IDENTITY',
    'mysql://u@h/n?ssl-mode=VERIFY_CA&ssl-ca=/nowhere.pem',
    'mysql://u@h/n?ssl-mode=VERIFY_CA&ssl-ca=package.json',
    'mysql://u@h/n?ssl-ca=/nowhere.pem',
    'mysql://u@h/a/b',
    'mysql://u@h/%E0',
    'pg://u@h/n',
    'sqlite:',
    'sqlite: ',
    'sqlite::memory:',
    'sqlite: :memory: ',
  ])('refuses %s as database', (url) => {
    expect(problemsOf({ DATABASE_URL: url, ENCRYPTION_KEY: A_KEY })).toHaveLength(1);
  });

  it('takes the path of a database without blanks around it, as SQLite does', () => {
    const { database } = readEnvironment({ DATABASE_URL: 'sqlite: /var/lib/mooring/my own.db\n' });
    expect(database).toEqual({ engine: 'sqlite', file: '/var/lib/mooring/my own.db' });
  });

  it.each([
    ['', null],
    ['?ssl-mode=DISABLED', null],
    ['?ssl-mode=required', { rejectUnauthorized: false, verifyIdentity: false }],
    ['?ssl-mode=VERIFY_CA', { rejectUnauthorized: true, verifyIdentity: false }],
    ['?ssl-mode=VERIFY_IDENTITY', { rejectUnauthorized: true, verifyIdentity: true }],
  ])('encrypts the way to a MySQL server as %j says', (parameters, tls) => {
    const { database } = readEnvironment({ DATABASE_URL: `mysql://u@h/n${parameters}`, ENCRYPTION_KEY: A_KEY });
    expect(database).toMatchObject({ tls });
  });

  it('asks for the encryption key where the database is on a server, for no replica may make its own', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://u:pw@h/n' })).toEqual([
      expect.stringMatching(/^ENCRYPTION_KEY (must be|is required)/),
    ]);
  });

  it('believes no proxy, or those that are named or counted', () => {
    const proxiesOf = (TRUST_PROXY: string) => readEnvironment({ TRUST_PROXY }).trustedProxies;
    expect(proxiesOf('')).toEqual([]);
    expect(proxiesOf('2')).toBe(2);
    expect(proxiesOf('loopback, 10.0.0.0/8,::1')).toEqual(['loopback', '10.0.0.0/8', '::1']);
  });

  it.each(['true', '10', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8', 'proxy.example.org', '10.0.0.1,', '1.2.3.4/x'])(
    'refuses %j as trusted proxies',
    (text) => expect(problemsOf({ TRUST_PROXY: text })).toEqual([expect.stringMatching(/^TRUST_PROXY must be/)]),
  );

  it('takes a token for the metrics that nobody can guess', () => {
    const token = 'a-token-of-the-operator-for-metrics';
    expect(readEnvironment({ METRICS_TOKEN: `${token}\n` }).metricsToken?.reveal()).toBe(token);
    expect(readEnvironment({}).metricsToken).toBeUndefined();
    for (const wrong of ['short', `${token} x`, 'ä'.repeat(40), 'x'.repeat(256)]) {
      expect(problemsOf({ METRICS_TOKEN: wrong })).toEqual([expect.stringMatching(/^METRICS_TOKEN must be/)]);
    }
  });

  it('takes two encryption keys, the sealing one first', () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const keys = readEnvironment({ ENCRYPTION_KEY: `${a.toString('base64')},${b.toString('base64')}` }).encryptionKeys;
    expect(keys).toEqual([a, b]);
  });
});
