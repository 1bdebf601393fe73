import { describe, expect, it } from '@jest/globals';
import { knownEnvironment, knownServicesOf } from './known-environment.js';

describe(knownEnvironment, () => {
  it('reads an environment without faults', () => {
    const { environment, problems, unusable } = knownEnvironment({ PORT: '9000' });
    expect([environment.port, problems, unusable.size]).toEqual([9000, [], 0]);
  });

  it('reads the other variables where some have faults, and names each of these', () => {
    const given = { PORT: 'x', WORKERS: '0', ADMIN_PASSWORD_FILE: '/nowhere', REGISTRY_SERVICE: 'harbor' };
    const { environment, problems, unusable } = knownEnvironment(given);
    expect([...unusable].sort()).toEqual(['ADMIN_PASSWORD', 'PORT', 'WORKERS']);
    expect(problems).toHaveLength(3);
    expect([environment.registryService, environment.workers]).toEqual(['harbor', 1]);
  });

  it('says of a database server without a key that the key is missing, and keeps the address', () => {
    const { environment, unusable } = knownEnvironment({ DATABASE_URL: 'mysql://root@localhost/mooring' });
    expect([environment.database.engine, [...unusable]]).toEqual(['mysql', ['ENCRYPTION_KEY']]);
  });

  it('knows no registry services where the variable that names them is not valid', () => {
    const services = (given: Record<string, string>) => knownServicesOf(knownEnvironment(given));
    expect(services({ REGISTRY_SERVICES: 'registry,zot' })?.map(({ name }) => name)).toEqual(['registry', 'zot']);
    expect(services({ REGISTRY_SERVICES: 'zot,zot' })).toBeNull();
    expect(services({ PORT: 'x' })?.map(({ name }) => name)).toEqual(['registry']);
  });

  it('quotes no value', () => {
    const { problems } = knownEnvironment({ DATABASE_URL: 'mysql:hush-hush', ENCRYPTION_KEY: 'hush-hush' });
    expect(problems.join()).not.toContain('hush');
  });
});
