import { createCipheriv, createDecipheriv, createHash, createSecretKey, KeyObject, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The place of a sealed text. A text sealed for one place does not open at another. */
export interface SealingContext {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** A sealed text could not be opened: it was sealed with another key or for another place, or was changed. */
export class CannotOpen extends Error {
  constructor() {
    super('A sealed value does not open: another key, another place, or changed since.');
  }
}

/** The id of the key that sealed a text, eight characters; it reveals nothing about the key. */
function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('mooring key id').update(key).digest('base64url').slice(0, 8);
}

function associatedData(place: SealingContext): Buffer {
  return Buffer.from(JSON.stringify([place.table, place.column, place.row]));
}

/**
 * Seals texts with AES-256-GCM (NIST SP 800-38D), bound to table, column and row. The first key seals; every key
 * opens, so that one key can replace another without downtime.
 */
export class Cipher {
  private readonly sealing: { id: string; key: KeyObject };
  private readonly keys: ReadonlyMap<string, KeyObject>;

  /** @param keys one or more keys of 32 bytes; the first one seals */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    // As objects: Node takes many times as long to see that a buffer is none.
    this.sealing = { id: keyIdOf(keys[0]), key: createSecretKey(keys[0]) };
    this.keys = new Map(keys.map((key) => [keyIdOf(key), createSecretKey(key)]));
  }

  /** The text sealed for one place, as `v1.<key id>.<base64url of nonce, ciphertext and tag>`. */
  seal(text: string, place: SealingContext): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.sealing.key, nonce).setAAD(associatedData(place));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${this.sealing.id}.${sealed.toString('base64url')}`;
  }

  /**
   * The text that was sealed for this place.
   *
   * @throws {CannotOpen} for another key, another place, or a changed text
   */
  open(sealed: string, place: SealingContext): string {
    const [version, keyId, body] = sealed.split('.');
    const key = this.keys.get(keyId ?? '');
    const bytes = Buffer.from(body ?? '', 'base64url');
    if (version !== 'v1' || !key || bytes.length < NONCE_BYTES + TAG_BYTES) throw new CannotOpen();
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(associatedData(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new CannotOpen();
    }
  }

  /** The prefix of every text sealed with the first key. */
  get mark(): string {
    return `v1.${this.sealing.id}.`;
  }

  /**
   * The same text, sealed for the same place with the first key; a text that this key has sealed is returned unchanged.
   *
   * @throws {CannotOpen} if none of the keys opens it
   */
  rewrapped(sealed: string, place: SealingContext): string {
    return sealed.startsWith(this.mark) ? sealed : this.seal(this.open(sealed, place), place);
  }
}
