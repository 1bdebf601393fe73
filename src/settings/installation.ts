import { createHmac, createSecretKey, KeyObject, randomBytes } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataSource, Repository } from 'typeorm';
import { CannotOpen, Cipher } from '../common/crypto/cipher.js';
import { isDuplicate } from '../common/persistence/conditional-write.js';
import { Environment } from '../config/env.js';
import { writeOnce } from '../config/write-once.js';
import { AuthMode } from './auth-mode.js';
import { SETTINGS_ID, SettingsRow } from './settings.entity.js';
import { EncryptionKeyUnusable } from './settings.errors.js';

const KEY_BYTES = 32;
const CHECK_TEXT = 'mooring';
/** The sealing context of the value that reveals a wrong key. */
export const CHECK_CONTEXT = { table: 'settings', column: 'key_check', row: String(SETTINGS_ID) };
const DIGEST_KEY_PLACE = { table: 'settings', column: 'sealed_digest_key', row: String(SETTINGS_ID) };

/** The keys of this installation: the cipher under its encryption key, and the key of its digests. */
export class Installation {
  private readonly digestKey: KeyObject;

  constructor(
    readonly cipher: Cipher,
    digestKey: Buffer,
  ) {
    this.digestKey = createSecretKey(digestKey);
  }

  /** HMAC-SHA-256 (RFC 2104) of some texts under the installation's digest key, 32 bytes; the texts can't run together. */
  digest(...texts: string[]): Buffer {
    return createHmac('sha256', this.digestKey).update(JSON.stringify(texts)).digest();
  }

  /**
   * Opens the installation that the database holds, or makes it at the first start. Several processes may do so at once.
   *
   * @throws {EncryptionKeyUnusable} if the key is missing or is not the one the database was sealed with; a key is
   * never generated for a database that has one
   */
  static async open(dataSource: DataSource, environment: Environment): Promise<Installation> {
    const rows = dataSource.getRepository(SettingsRow);
    const existing = await rows.findOneBy({ id: SETTINGS_ID });
    if (existing) return opened(existing, await givenKeys(environment));
    const cipher = cipherOf((await givenKeys(environment)) ?? [await makeKeyFile(environment)]);
    await insertFirstSettings(rows, cipher);
    return opened(await rows.findOneByOrFail({ id: SETTINGS_ID }), await givenKeys(environment));
  }

  /**
   * The installation with these sealed values, such as those of a backup.
   *
   * @throws {EncryptionKeyUnusable} if there is no key, or another one sealed them
   */
  static async ofSealed(sealed: SealedInstallation, environment: Environment): Promise<Installation> {
    return opened(sealed, await givenKeys(environment));
  }
}

/** The values of the settings that only the right key opens. */
export type SealedInstallation = Pick<SettingsRow, 'keyCheck' | 'sealedDigestKey'>;

/** Where the encryption key comes from, in words. */
export async function keySourceOf(environment: Environment): Promise<string> {
  const { length } = environment.encryptionKeys;
  if (length > 0) return length === 1 ? 'ENCRYPTION_KEY' : 'ENCRYPTION_KEY, which has two keys';
  const file = resolve(keyFileOf(environment));
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  return isThere ? file : `none (ENCRYPTION_KEY is not set, and there is no ${file})`;
}

function keyFileOf(environment: Environment): string {
  return join(environment.dataDir, 'encryption.key');
}

function cipherOf(keys: readonly Buffer[]): Cipher {
  const [first, ...others] = keys;
  if (!first) throw new EncryptionKeyUnusable('There is no encryption key.');
  return new Cipher([first, ...others]);
}

async function givenKeys(environment: Environment): Promise<readonly Buffer[] | undefined> {
  if (environment.encryptionKeys.length > 0) return environment.encryptionKeys;
  const text = await readFile(keyFileOf(environment), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) {
    throw new EncryptionKeyUnusable(`${keyFileOf(environment)} does not hold 32 bytes in base64. Restore it.`);
  }
  return [key];
}

async function makeKeyFile(environment: Environment): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  if (await writeOnce(keyFileOf(environment), `${key.toString('base64')}\n`)) return key;
  // Another process created it between our read and our write: its key is in force.
  const [theirs] = (await givenKeys(environment)) ?? [];
  if (!theirs) throw new EncryptionKeyUnusable(`${keyFileOf(environment)} can't be read.`);
  return theirs;
}

async function insertFirstSettings(rows: Repository<SettingsRow>, cipher: Cipher): Promise<void> {
  const row = {
    id: SETTINGS_ID,
    authMode: AuthMode.DATABASE,
    revision: 1,
    document: '{"oidc":{}}',
    keyCheck: cipher.seal(CHECK_TEXT, CHECK_CONTEXT),
    sealedDigestKey: cipher.seal(randomBytes(KEY_BYTES).toString('base64'), DIGEST_KEY_PLACE),
  };
  await rows.insert(row).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
}

function opened(row: SealedInstallation, keys: readonly Buffer[] | undefined): Installation {
  if (!keys) {
    throw new EncryptionKeyUnusable(
      'The database is encrypted, and no encryption key was given. Set ENCRYPTION_KEY, or restore encryption.key in DATA_DIR.',
    );
  }
  const cipher = cipherOf(keys);
  try {
    cipher.open(row.keyCheck, CHECK_CONTEXT);
    return new Installation(cipher, Buffer.from(cipher.open(row.sealedDigestKey, DIGEST_KEY_PLACE), 'base64'));
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    throw new EncryptionKeyUnusable(
      'The encryption key is not the one that the database was encrypted with. Set ENCRYPTION_KEY to that key, or restore the file encryption.key in DATA_DIR; nothing was changed.',
    );
  }
}
