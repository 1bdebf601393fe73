import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { generateKeyPairSync } from 'node:crypto';
import { DataSource, In, Repository } from 'typeorm';
import { Clock } from '../../common/runtime/clock.js';
import { isDuplicate } from '../../common/persistence/conditional-write.js';
import { newId } from '../../common/persistence/ids.js';
import { Installation } from '../../settings/installation.js';
import { KeyRing, TokenKey } from './key-ring.js';
import { readKeyStamp } from './key-stamp.statements.js';
import { authorityCertificate } from './signing-certificate.js';
import { SigningKey, SigningKeyUse } from './signing-key.entity.js';
import { ringOf, signingKeyContext } from './stored-keys.js';

/** Fixed, so that of several processes that start at the same time only one creates each of the first keys. */
const AUTHORITY_ID = '00000000-0000-7000-8000-000000000002';
const FIRST_KEY_ID = '00000000-0000-7000-8000-000000000003';

/** The keys of the registry token service: created at the first start, sealed in the database, shared by all replicas. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  private cache?: { readonly stamp: string; readonly ring: KeyRing };

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(SigningKey) private readonly rows: Repository<SigningKey>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.createFirst();
  }

  /**
   * The keys in force.
   *
   * @param stamp the stamp in force, just read; without it, it is read
   */
  async ring(stamp?: string): Promise<KeyRing> {
    const wanted = stamp ?? (await readKeyStamp(this.database));
    if (this.cache?.stamp !== wanted)
      this.cache = { stamp: wanted, ring: ringOf(await this.rows.find(), this.installation.cipher) };
    return this.cache.ring;
  }

  /** The keys that are published now, newest first. */
  async publishedNow(): Promise<readonly TokenKey[]> {
    return (await this.ring()).publishedAt(this.clock.now());
  }

  /**
   * Adds a key that signs from a given time. The previous key stays published until the last of its tokens has expired;
   * keys whose tokens have all expired are deleted.
   *
   * @param minutesAhead in how many minutes the key starts to sign
   */
  async rotate(minutesAhead: number): Promise<TokenKey> {
    await this.createFirst();
    const id = newId();
    await this.rows.insert(this.newRow(id, this.clock.secondsFromNow(minutesAhead * 60)));
    const ring = await this.ring();
    const ended = ring.endedAt(this.clock.now()).map((key) => key.id);
    if (ended.length > 0) await this.rows.delete({ id: In(ended) });
    const added = (await this.publishedNow()).find((key) => key.id === id);
    if (!added) throw new Error('The new key is not published.');
    return added;
  }

  private async createFirst(): Promise<void> {
    if (!(await this.rows.existsBy({ id: AUTHORITY_ID }))) await this.insertOnce(await this.authorityRow());
    if (await this.rows.existsBy({ use: SigningKeyUse.TOKEN })) return;
    await this.insertOnce(this.newRow(FIRST_KEY_ID, this.clock.now()));
  }

  private async insertOnce(row: SigningKey): Promise<void> {
    await this.rows.insert(row).catch((error: unknown) => {
      // Another process created it first.
      if (!isDuplicate(error)) throw error;
    });
  }

  private async authorityRow(): Promise<SigningKey> {
    const now = this.clock.now();
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return this.rows.create({
      id: AUTHORITY_ID,
      use: SigningKeyUse.CERTIFICATE,
      sealedPrivateKey: this.installation.cipher.seal(pem, signingKeyContext(AUTHORITY_ID)),
      certificate: await authorityCertificate(pair, now),
      signsFrom: now,
    });
  }

  private newRow(id: string, signsFrom: Date): SigningKey {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const sealedPrivateKey = this.installation.cipher.seal(pem, signingKeyContext(id));
    return this.rows.create({ id, use: SigningKeyUse.TOKEN, sealedPrivateKey, certificate: null, signsFrom });
  }
}
