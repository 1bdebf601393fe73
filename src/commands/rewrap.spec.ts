import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { CannotOpen, Cipher } from '../common/crypto/cipher.js';
import { Session } from '../sessions/session.entity.js';
import { Installation } from '../settings/installation.js';
import { SETTINGS_ID, SettingsRow } from '../settings/settings.entity.js';
import { rewrap, sealedColumns } from './rewrap.js';

const ROWS = 450;
const PLACE = { table: 'sessions', column: 'sealed_onboarding' };
const silent = () => undefined;

describe(rewrap.name, () => {
  let database: TestDatabase;
  let newKey: Buffer;
  let old: Cipher;
  let both: Cipher;
  let fresh: Cipher;
  beforeEach(async () => {
    database = await openDatabase();
    const oldKey = randomBytes(32);
    newKey = randomBytes(32);
    [old, both, fresh] = [new Cipher([oldKey]), new Cipher([newKey, oldKey]), new Cipher([newKey])];
    const digestKey = { table: 'settings', column: 'sealed_digest_key', row: '1' };
    const check = { table: 'settings', column: 'key_check', row: '1' };
    await settings().update(SETTINGS_ID, {
      keyCheck: old.seal('mooring', check),
      sealedDigestKey: old.seal(Buffer.alloc(32, 7).toString('base64'), digestKey),
    });
  });
  afterEach(() => database.close());

  const settings = () => database.dataSource.getRepository(SettingsRow);
  const sessions = () => database.dataSource.getRepository(Session);
  const sessionWith = (id: string, cipher: Cipher) => {
    const now = new Date();
    const times = { createdAt: now, lastSeenAt: now, expiresAt: now };
    const sealedOnboarding = cipher.seal(`text of ${id}`, { ...PLACE, row: id });
    return sessions().insert({
      id,
      tokenHash: `hash of ${id}`,
      userId: null,
      securityStamp: null,
      ...times,
      sealedOnboarding,
    });
  };
  const openedBy = async (cipher: Cipher, id: string) => {
    const { sealedOnboarding } = await sessions().findOneByOrFail({ id });
    return cipher.open(sealedOnboarding!, { ...PLACE, row: id });
  };
  const checkIsOf = async (cipher: Cipher) =>
    (await settings().findOneByOrFail({ id: SETTINGS_ID })).keyCheck.startsWith(cipher.mark);
  const run = () => rewrap(database.dataSource, both, silent);

  it('seals everything with the first key, in batches, and then needs the old one no longer', async () => {
    for (let row = 0; row < ROWS; row++) await sessionWith(`s${row}`, old);
    const batches: number[] = [];
    const done = await rewrap(database.dataSource, both, (column, { rewrapped }) => {
      if (column === 'sessions.sealed_onboarding') batches.push(rewrapped);
    });
    expect(done).toEqual({ rewrapped: ROWS + 1, unopened: 0, isComplete: true });
    expect(batches).toEqual([200, 400, 450]);
    expect(await openedBy(fresh, 's7')).toBe('text of s7');
    await expect(openedBy(old, 's7')).rejects.toThrow(CannotOpen);
    const environment = { ...database.environment, encryptionKeys: [newKey] };
    const installation = await Installation.open(database.dataSource, environment);
    expect(installation.digest('a')).toEqual(new Installation(fresh, Buffer.alloc(32, 7)).digest('a'));
    expect(await run()).toEqual({ rewrapped: 0, unopened: 0, isComplete: true });
  });

  it('seals the client secret among the settings, and changes nothing else there', async () => {
    const place = { table: 'settings', column: 'document', row: 'oidc.clientSecret' };
    const documentWith = (clientSecret: string) =>
      JSON.stringify({ general: { sessionIdleMinutes: 7 }, oidc: { clientId: 'v1.is.no-secret', clientSecret } });
    const { revision } = await settings().findOneByOrFail({ id: SETTINGS_ID });
    await settings().update(SETTINGS_ID, { document: documentWith(old.seal('hush', place)) });
    await run();
    const row = await settings().findOneByOrFail({ id: SETTINGS_ID });
    const { oidc } = JSON.parse(row.document) as { oidc: { clientSecret: string } };
    expect(fresh.open(oidc.clientSecret, place)).toBe('hush');
    expect([row.document, row.revision]).toEqual([documentWith(oidc.clientSecret), revision]);
  });

  it('leaves what somebody writes meanwhile, and what none of the keys opens; the check value then stays', async () => {
    await sessionWith('a', old);
    await sessionWith('b', new Cipher([randomBytes(32)]));
    const update = sessions().update.bind(sessions());
    const meanwhile = both.seal('newer', { ...PLACE, row: 'a' });
    const opening = both.open.bind(both);
    let written: Promise<unknown> = Promise.resolve();
    both.open = (sealed, place) => {
      if (place.row === 'a') written = update({ id: 'a' }, { sealedOnboarding: meanwhile });
      return opening(sealed, place);
    };
    const done = await run();
    await written;
    both.open = opening;
    expect(done).toMatchObject({ unopened: 1, isComplete: false });
    expect(await openedBy(fresh, 'a')).toBe('newer');
    expect([await checkIsOf(old), await checkIsOf(fresh)]).toEqual([true, false]);
    await sessions().delete({ id: 'b' });
    expect(await run()).toMatchObject({ isComplete: true });
    expect(await checkIsOf(fresh)).toBe(true);
  });

  it('knows every column that is sealed, by its name', () => {
    const names = sealedColumns(database.dataSource).map(({ table, column }) => `${table}.${column}`);
    expect(names.sort()).toEqual([
      'cli_secrets.sealed_secret',
      'client_keys.sealed_private_key',
      'provider_grants.sealed_access_token',
      'provider_grants.sealed_id_token',
      'provider_grants.sealed_refresh_token',
      'service_keys.sealed_private_key',
      'sessions.sealed_note',
      'sessions.sealed_onboarding',
      'settings.sealed_digest_key',
      'signing_keys.sealed_private_key',
    ]);
  });
});
