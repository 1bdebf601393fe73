import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { FakeClock } from '../../test/support/fake-clock.js';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { readEnvironment } from '../config/env.js';
import { ServiceKey } from './keys/service-key.entity.js';
import { ServiceKeys } from './keys/service-keys.service.js';

const environment = readEnvironment({ REGISTRY_SERVICES: 'registry,zot;key=certificate,Zot;key=certificate' });

describe(ServiceKeys, () => {
  let replicas: TestDatabase[];
  let clock: FakeClock;
  let services: ServiceKeys[];
  const rows = () => replicas[0]!.dataSource.getRepository(ServiceKey);

  beforeEach(async () => {
    const first = await openDatabase();
    replicas = [first, await openDatabase(first), await openDatabase(first)];
    clock = new FakeClock();
    clock.stop();
    services = replicas.map(
      ({ dataSource, installation }) =>
        new ServiceKeys(dataSource.getRepository(ServiceKey), installation, clock, environment),
    );
    await Promise.all(services.map((service) => service.onApplicationBootstrap()));
  });
  afterEach(async () => {
    for (const replica of [...replicas].reverse()) await replica.close();
  });

  const signing = (service = 'zot') => Promise.all(services.map(async (one) => (await one.signing(service)).id));
  const published = async (service = 'zot') => (await services[1]!.published(service)).all;

  it('are one key for each service at a first start of several replicas, sealed, with a certificate of its own', async () => {
    expect(new Set(await signing()).size).toBe(1);
    const stored = await rows().find();
    expect(stored.map(({ service }) => service).sort()).toEqual(['Zot', 'zot']);
    expect(new Set(stored.map(({ certificate }) => certificate)).size).toBe(2);
    for (const { sealedPrivateKey } of stored) expect(sealedPrivateKey).toMatch(/^v1\./);
    const certificate = new X509Certificate((await published())[0]!);
    expect([certificate.subject, certificate.ca]).toEqual(['CN=Mooring tokens for zot', false]);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it('stay the same at a later start', async () => {
    const before = await signing();
    await services[2]!.onApplicationBootstrap();
    expect(await signing()).toEqual(before);
    expect(await rows().countBy({ service: 'zot' })).toBe(1);
  });

  it('are announced before they count, at every replica, and the one that counts is published first', async () => {
    const [first] = await published();
    const added = await services[0]!.rotate('zot', 60);
    expect([added.signsFrom, await published()]).toEqual([clock.secondsFromNow(3600), [first, added.certificate]]);
    expect((await services[2]!.published('zot')).announced).toBe(added.certificate);
    clock.advance(3599);
    expect(await signing()).not.toContain(added.id);
    clock.advance(1);
    expect(new Set(await signing())).toEqual(new Set([added.id]));
    expect(await published()).toEqual([added.certificate, first]);
    expect((await services[0]!.published('zot')).announced).toBeUndefined();
    clock.advance(61 * 60);
    expect(await published()).toEqual([added.certificate]);
    expect(await published('Zot')).toHaveLength(1);
  });

  it('are at most one ahead: a further rotation moves its time, also to now', async () => {
    const announced = await services[0]!.rotate('zot', 60);
    const later = await services[1]!.rotate('zot', 120);
    expect([later.id, later.signsFrom]).toEqual([announced.id, clock.secondsFromNow(7200)]);
    expect(await rows().countBy({ service: 'zot' })).toBe(2);
    clock.advance(1);
    const now = await services[2]!.rotate('zot', 0);
    expect([now.id, new Set(await signing())]).toEqual([announced.id, new Set([announced.id])]);
    clock.advance(1);
    expect((await services[2]!.rotate('zot', 0)).id).not.toBe(announced.id);
  });

  it('are one where several replicas rotate at once', async () => {
    const added = await Promise.all(services.map((service) => service.rotate('zot', 60)));
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(await rows().countBy({ service: 'zot' })).toBe(2);
  });

  it('are deleted by the rotation after their last token has expired', async () => {
    const [first] = await signing();
    clock.advance(1);
    await services[0]!.rotate('zot', 0);
    clock.advance(62 * 60);
    await services[0]!.rotate('zot', 60);
    expect(await rows().existsBy({ id: first })).toBe(false);
    expect(await published()).toHaveLength(2);
  });

  it('that cannot be decrypted sign nothing, and a rotation helps', async () => {
    const [id] = await signing();
    await rows().update({ id }, { sealedPrivateKey: 'v1.another.key' });
    const restarted = new ServiceKeys(rows(), replicas[0]!.installation, clock, environment);
    await expect(restarted.signing('zot')).rejects.toMatchObject({ code: 'SERVICE_KEY_UNUSABLE' });
    await expect(restarted.published('zot')).rejects.toMatchObject({ code: 'SERVICE_KEY_UNUSABLE' });
    clock.advance(1);
    const added = await restarted.rotate('zot', 0);
    expect((await restarted.signing('zot')).id).toBe(added.id);
  });
});
