import { describe, expect, it } from '@jest/globals';
import { environmentAdvice } from './environment-advice.js';
import { InvalidEnvironment, readEnvironment } from './env.js';

describe(environmentAdvice.name, () => {
  it.each([
    ['PROT', 'PORT'],
    ['PUBLC_URL', 'PUBLIC_URL'],
    ['ENCRYPTON_KEY_FILE', 'ENCRYPTION_KEY_FILE'],
    ['data_dir', 'DATA_DIR'],
  ])('names the variable that %s is close to: %s', (name, meant) => {
    expect(environmentAdvice({ [name]: 'x' })).toEqual([expect.stringContaining(`Was ${meant} meant?`)]);
  });

  it.each(['HOME', 'PATH', 'HOSTNAME', 'PORT', 'DATABASE_URL_FILE', 'npm_config_port'])(
    'says nothing about %s',
    (name) => {
      expect(environmentAdvice({ [name]: 'x' })).toEqual([]);
    },
  );
});

describe('PUBLIC_URL', () => {
  it.each([
    [{}, 'http://localhost:8080'],
    [{ PORT: '9182' }, 'http://localhost:9182'],
    [{ PORT: '80', HOST: '10.0.0.7' }, 'http://10.0.0.7'],
    [{ HOST: 'fd00::7' }, 'http://[fd00::7]:8080'],
    [{ HOST: '::', PORT: '1' }, 'http://localhost:1'],
    [{ HOST: '0', PORT: '1' }, 'http://localhost:1'],
    [{ HOST: '0:0::0', PORT: '1' }, 'http://localhost:1'],
    [{ HOST: '127.1', PORT: '1' }, 'http://localhost:1'],
    [{ HOST: 'fe80::1%eth0', PORT: '9182' }, 'http://localhost:9182'],
    [{ HOST: 'fd00:0::1', PORT: '1' }, 'http://[fd00::1]:1'],
    [{ PORT: '1', PUBLIC_URL: 'https://a.example' }, 'https://a.example'],
  ])('follows %j: %s', (source, origin) => {
    expect(readEnvironment(source).publicUrl.origin).toBe(origin);
  });
});

describe('A variable in a file', () => {
  it.each(['ENCRYPTION_KEY', 'DATABASE_URL', 'ADMIN_PASSWORD', 'FIXED_SETTINGS'])(
    'is refused for %s if the file cannot be read, is empty, or the value is also given',
    (name) => {
      const refused =
        (value: string, more = {}) =>
        () =>
          readEnvironment({ [`${name}_FILE`]: value, ...more });
      expect(refused('/no/such/file')).toThrow(`${name}_FILE must name a file that can be read (ENOENT)`);
      expect(refused('/dev/null')).toThrow(`${name}_FILE names an empty file`);
      expect(refused('/dev/null', { [name]: 'x' })).toThrow(`${name}_FILE and ${name} are both set`);
      expect(refused('/no/such/file')).toThrow(InvalidEnvironment);
    },
  );
});
