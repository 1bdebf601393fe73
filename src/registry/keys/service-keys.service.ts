import { Inject, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import { In, MoreThan, Repository } from 'typeorm';
import { KeySuccession } from '../../common/crypto/key-succession.js';
import { openIfPossible } from '../../common/crypto/sealed-value.js';
import { changedARow, isDuplicate } from '../../common/persistence/conditional-write.js';
import { Clock } from '../../common/runtime/clock.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { Installation } from '../../settings/installation.js';
import { publicJwkOf } from './key-ring.js';
import { ServiceKey } from './service-key.entity.js';
import { ServiceKeyUnusable } from './service-keys.errors.js';
import { serviceCertificate } from './signing-certificate.js';
import { successionOfTokenKeys } from './token-key-succession.js';

/** A key of one service, opened, with its certificate. */
export interface OpenedServiceKey {
  readonly id: string;
  /** The thumbprint (RFC 7638). */
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** In PEM. */
  readonly certificate: string;
  readonly signsFrom: Date;
}

/** The certificates of the keys of a service that sign, will sign, or signed tokens that may still be valid; in PEM. */
export interface ServiceCertificates {
  /** The one that counts now comes first: registries that hold one key read only that. */
  readonly all: readonly string[];
  /** The one that will count next. */
  readonly announced: string | undefined;
}

const sealingContext = (id: string) => ({ table: 'service_keys', column: 'sealed_private_key', row: id });

/** The id of the key after another one, or after none: of processes that add a key at the same time only one does. */
function idAfter(service: string, previousId: string): string {
  const digest = createHash('sha256').update(`${service}\n${previousId}`).digest('hex');
  return digest.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}

/**
 * The keys of registry services that have a certificate of their own: created at the start, sealed in the database, shared by
 * all replicas and by no other service. Names come from the environment, never from a request.
 */
@Injectable()
export class ServiceKeys implements OnApplicationBootstrap {
  /** By certificate; null for a key that can't be decrypted, so that a log line says so once. */
  private readonly opened = new Map<string, OpenedServiceKey | null>();

  constructor(
    @InjectRepository(ServiceKey) private readonly rows: Repository<ServiceKey>,
    private readonly installation: Installation,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { name, hasOwnCertificate } of this.environment.registryServices)
      if (hasOwnCertificate) await this.createFirst(name);
  }

  /**
   * The key that signs now.
   *
   * @throws {ServiceKeyUnusable} if no key of the service can be decrypted
   */
  async signing(service: string): Promise<OpenedServiceKey> {
    return signingOf(await this.succession(service), this.clock.now());
  }

  /**
   * The certificates that are published now.
   *
   * @throws {ServiceKeyUnusable} if no key of the service can be decrypted
   */
  async published(service: string): Promise<ServiceCertificates> {
    const [succession, now] = [await this.succession(service), this.clock.now()];
    const signing = signingOf(succession, now);
    const others = succession.publishedAt(now).filter(({ id }) => id !== signing.id);
    const all = [signing, ...others].map(({ certificate }) => certificate);
    return { all, announced: others.find(({ signsFrom }) => signsFrom > now)?.certificate };
  }

  /**
   * Announces the next certificate of a service, which counts from a given time; if one is announced already, it is that one's
   * time that changes. Keys whose tokens have all expired are deleted.
   *
   * @param minutesAhead in how many minutes it counts
   * @throws {ServiceKeyUnusable} if the announced key cannot be decrypted
   */
  async rotate(service: string, minutesAhead: number): Promise<OpenedServiceKey> {
    await this.createFirst(service);
    const id = await this.announce(service, this.clock.secondsFromNow(minutesAhead * 60));
    const succession = await this.succession(service);
    const ended = succession.endedAt(this.clock.now()).map((key) => key.id);
    if (ended.length > 0) await this.rows.delete({ id: In(ended) });
    const key = succession.publishedAt(this.clock.now()).find((one) => one.id === id);
    if (!key) throw new ServiceKeyUnusable();
    return key;
  }

  private async announce(service: string, signsFrom: Date): Promise<string> {
    const newest = await this.rows.findOne({ where: { service }, order: { signsFrom: 'DESC' } });
    const announced = { id: newest?.id ?? '', signsFrom: MoreThan(this.clock.now()) };
    if (changedARow(await this.rows.update(announced, { signsFrom }))) return announced.id;
    const row = await this.newRow(service, announced.id, signsFrom);
    await this.insertOnce(row);
    return row.id;
  }

  private async createFirst(service: string): Promise<void> {
    if (await this.rows.existsBy({ service })) return;
    await this.insertOnce(await this.newRow(service, '', this.clock.now()));
  }

  private async insertOnce(row: ServiceKey): Promise<void> {
    await this.rows.insert(row).catch((error: unknown) => {
      // Another process created it first.
      if (!isDuplicate(error)) throw error;
    });
  }

  private async newRow(service: string, previousId: string, signsFrom: Date): Promise<ServiceKey> {
    const id = idAfter(service, previousId);
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const sealedPrivateKey = this.installation.cipher.seal(pem, sealingContext(id));
    const certificate = await serviceCertificate(pair, service, this.clock.now());
    return this.rows.create({ id, service, sealedPrivateKey, certificate, signsFrom });
  }

  /** The keys of a service, read each time: all replicas sign with the same one. Those that can't be decrypted do not count. */
  private async succession(service: string): Promise<KeySuccession<OpenedServiceKey>> {
    const rows = await this.rows.find({ where: { service } });
    return successionOfTokenKeys(rows.map((row) => this.openedKey(row)).filter((key) => key !== null));
  }

  private openedKey(row: ServiceKey): OpenedServiceKey | null {
    const known = this.opened.get(row.certificate);
    const key = known === undefined ? this.open(row) : known;
    this.opened.set(row.certificate, key);
    // The time of an announced key may change.
    return key && { ...key, signsFrom: row.signsFrom };
  }

  private open({ id, sealedPrivateKey, certificate, signsFrom }: ServiceKey): OpenedServiceKey | null {
    const pem = openIfPossible(this.installation.cipher, sealedPrivateKey, sealingContext(id));
    if (pem === null) return null;
    const privateKey = createPrivateKey(pem);
    const { kid } = publicJwkOf(createPublicKey(privateKey));
    return { id, kid, privateKey, certificate, signsFrom };
  }
}

function signingOf(succession: KeySuccession<OpenedServiceKey>, now: Date): OpenedServiceKey {
  const key = succession.signingAt(now);
  if (!key) throw new ServiceKeyUnusable();
  return key;
}
