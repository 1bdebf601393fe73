import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { Clock } from '../common/runtime/clock.js';
import { AccessRule } from './access-rules/access-rule.entity.js';
import { FixedRuleRows } from './access-rules/fixed-rule-rows.service.js';
import { AccessRules } from './access-rules/access-rules.service.js';
import { SigningKey } from './keys/signing-key.entity.js';
import { SigningKeys } from './keys/signing-keys.service.js';

describe('A first start of several replicas at once', () => {
  let replicas: TestDatabase[];
  beforeEach(async () => {
    const first = await openDatabase();
    replicas = [first, await openDatabase(first), await openDatabase(first)];
  });
  afterEach(async () => {
    for (const replica of [...replicas].reverse()) await replica.close();
  });

  it('makes one certificate and one key, which all of them know', async () => {
    const services = replicas.map(
      ({ dataSource, installation }) =>
        new SigningKeys(dataSource, dataSource.getRepository(SigningKey), installation, new Clock()),
    );
    await Promise.all(services.map((service) => service.onApplicationBootstrap()));
    const rings = await Promise.all(services.map((service) => service.ring()));
    expect(new Set(rings.map(({ authority }) => authority.certificate)).size).toBe(1);
    const published = await Promise.all(services.map((service) => service.publishedNow()));
    expect(new Set(published.map((keys) => keys.map(({ jwk }) => jwk.kid).join())).size).toBe(1);
    const [stored] = await replicas[0]!.dataSource.query<{ sealed: string }[]>(
      'SELECT sealed_private_key AS sealed FROM signing_keys',
    );
    expect(stored?.sealed).toMatch(/^v1\./);
  });

  it('makes one first rule', async () => {
    const services = replicas.map(({ dataSource }) => {
      const fixed = new FixedRuleRows(dataSource, [], undefined as never, new Clock());
      return new AccessRules(dataSource.getRepository(AccessRule), new Clock(), fixed);
    });
    await Promise.all(services.map((service) => service.onApplicationBootstrap()));
    expect((await services[0]!.list({ first: 100 })).totalCount).toBe(1);
  });
});
