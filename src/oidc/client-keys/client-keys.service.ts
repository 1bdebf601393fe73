import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { generateKeyPair, KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { In, Repository } from 'typeorm';
import { ASSERTION_ALGORITHMS, AssertionAlgorithm, AssertionKey } from '../../common/crypto/assertion-key.js';
import { isDuplicate } from '../../common/persistence/conditional-write.js';
import { newId } from '../../common/persistence/ids.js';
import { Clock } from '../../common/runtime/clock.js';
import { Installation } from '../../settings/installation.js';
import { ClientKeyRing, OpenedClientKey } from './client-key-ring.js';
import { ClientKey } from './client-key.entity.js';
import { ClientKeyUnusable } from './client-keys.errors.js';
import { clientKeyContext, clientKeyRingOf } from './stored-client-keys.js';

const RSA_BITS = 2048;
/** Fixed, so that of several processes that need the first keys at the same time only one creates each of them. */
const FIRST_IDS: Readonly<Record<AssertionAlgorithm, string>> = {
  ES256: '00000000-0000-7000-8000-000000000004',
  RS256: '00000000-0000-7000-8000-000000000005',
};
const newPair = promisify(generateKeyPair);

/**
 * The keys with which Mooring authenticates itself at the provider (`private_key_jwt`): one for each algorithm, created when
 * they are first needed, sealed in the database, shared by all replicas.
 */
@Injectable()
export class ClientKeys {
  private cache?: { readonly stamp: string; readonly ring: ClientKeyRing };
  private creating?: Promise<void>;

  constructor(
    @InjectRepository(ClientKey) private readonly rows: Repository<ClientKey>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /**
   * The key that signs now.
   *
   * @throws {ClientKeyUnusable} if it can't be decrypted
   */
  async signing(algorithm: AssertionAlgorithm): Promise<AssertionKey> {
    const key = (await this.ring()).signingAt(algorithm, this.clock.now());
    if (!key) throw new ClientKeyUnusable();
    return { kid: key.jwk.kid, privateKey: key.privateKey };
  }

  /** The keys that are published now, newest first of each algorithm. */
  async published(): Promise<readonly OpenedClientKey[]> {
    return (await this.ring()).publishedAt(this.clock.now());
  }

  /**
   * Adds a key for each algorithm, published at once, that signs from a given time. The previous keys stay published for an
   * hour after that; those that are no longer published, or would not be if they could be decrypted, are deleted.
   *
   * @param minutesAhead in how many minutes the keys start to sign
   */
  async rotate(minutesAhead: number): Promise<Date> {
    await this.ring();
    const signsFrom = this.clock.secondsFromNow(minutesAhead * 60);
    for (const algorithm of ASSERTION_ALGORITHMS)
      await this.rows.insert(await this.newRow(newId(), algorithm, signsFrom));
    const ended = (await this.ring()).endedAt(await this.rows.find(), this.clock.now());
    if (ended.length > 0) await this.rows.delete({ id: In(ended) });
    return signsFrom;
  }

  /** The keys in force, read each time: all replicas sign with and publish the same ones. */
  private async ring(): Promise<ClientKeyRing> {
    let rows = await this.rows.find();
    if (ASSERTION_ALGORITHMS.some((one) => !rows.some(({ algorithm }) => algorithm === one))) {
      await (this.creating ??= this.createFirst().finally(() => (this.creating = undefined)));
      rows = await this.rows.find();
    }
    // The first keys have fixed ids: made anew after a loss, or restored from a backup, they are others under the same ones.
    const stamp = rows.map(({ id, sealedPrivateKey }) => `${id} ${sealedPrivateKey}`).join();
    if (this.cache?.stamp !== stamp) this.cache = { stamp, ring: clientKeyRingOf(rows, this.installation.cipher) };
    return this.cache.ring;
  }

  private async createFirst(): Promise<void> {
    for (const algorithm of ASSERTION_ALGORITHMS) {
      if (await this.rows.existsBy({ algorithm })) continue;
      const row = await this.newRow(FIRST_IDS[algorithm], algorithm, this.clock.now());
      await this.rows.insert(row).catch((error: unknown) => {
        // Another process created it first.
        if (!isDuplicate(error)) throw error;
      });
    }
  }

  private async newRow(id: string, algorithm: AssertionAlgorithm, signsFrom: Date): Promise<ClientKey> {
    const pem = (await newPrivateKey(algorithm)).export({ type: 'pkcs8', format: 'pem' }).toString();
    const sealedPrivateKey = this.installation.cipher.seal(pem, clientKeyContext(id));
    return this.rows.create({ id, algorithm, sealedPrivateKey, signsFrom });
  }
}

async function newPrivateKey(algorithm: AssertionAlgorithm): Promise<KeyObject> {
  const pair =
    algorithm === 'ES256'
      ? await newPair('ec', { namedCurve: 'P-256' })
      : await newPair('rsa', { modulusLength: RSA_BITS });
  return pair.privateKey;
}
