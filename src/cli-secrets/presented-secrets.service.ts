import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { timingSafeEqual } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SecretText } from '../common/crypto/secret-text.js';
import { SharedReads } from '../common/persistence/shared-reads.js';
import { WriteBehind } from '../common/persistence/write-behind.js';
import { Clock } from '../common/runtime/clock.js';
import { TurnValues } from '../common/runtime/turn-values.js';
import { fold } from '../common/text/case-folding.js';
import { Installation } from '../settings/installation.js';
import { BruteForceGuard, ClientAddress, GuardedCheck } from '../throttling/index.js';
import { kindOf } from './cli-secret-text.js';
import { NamedHolder, readHoldersByName, SecretHolder } from './cli-secret.statements.js';
import { SecretUse, storeLastUses } from './last-use.statements.js';

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 512;
/** About a millisecond of SQLite's time, which holds up the process. */
const STORED_AT_ONCE = 50;
const DUMMY_DIGEST = Buffer.alloc(32).toString('base64url');
const WRONG = { found: null, retryAfterSeconds: null } as const;

/** A user who has a secret. */
export type Holder = SecretHolder & { readonly digest: string };

/**
 * Finds the holder of a presented CLI secret. A wrong secret, an unknown user and a user without a secret take the same
 * work and get the same answer. The last use of a right one is stored in the background.
 */
@Injectable()
export class PresentedSecrets implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(PresentedSecrets.name);
  // By digest, which is unique: the use of a secret that was replaced meanwhile does not count for its successor.
  private readonly lastUses = new WriteBehind<string, SecretUse>(
    (_before, use) => use,
    { most: STORED_AT_ONCE, write: (uses) => storeLastUses(this.database, uses) },
    () => this.logger.warn('The last use of a CLI secret could not be stored.'),
  );
  private readonly named = new SharedReads((names) => readHoldersByName(this.database, names, this.standInId));
  private readonly digests = new TurnValues<Buffer>();
  /** The last user with a right secret: read in place of users who do not exist. */
  private standInId = '';

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly installation: Installation,
    private readonly bruteForceGuard: BruteForceGuard,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks a secret, counts a wrong one, and notes the use of a right one. A generated secret cannot be guessed, so it
   * is checked however many were wrong before; one whose check characters are wrong is not even looked up.
   *
   * @param client where the registry client is
   */
  async present(username: string, secret: SecretText, client: ClientAddress): Promise<GuardedCheck<Holder>> {
    const kind = kindOf(secret);
    if (kind === 'BROKEN') return WRONG;
    const result =
      kind === 'GENERATED'
        ? await this.checkGenerated(username, secret, client)
        : await this.bruteForceGuard.check(client, { username, secret }, () => this.holderOf(username, secret));
    if (result.found) this.lastUses.note(result.found.digest, { userId: result.found.userId, at: this.clock.now() });
    return result;
  }

  /** The user with this name and secret, or null: in one statement, which other requests of the turn may share. */
  async holderOf(username: string, secret: SecretText): Promise<Holder | null> {
    const isPlausible = username.length <= LONGEST_NAME && secret.reveal().length <= LONGEST_SECRET;
    const name = isPlausible ? fold(username) : '';
    const named = isPlausible ? await this.named.read(name) : undefined;
    const holder = holderWithSecret(named);
    const userId = named?.holder.userId ?? '';
    const presented = isPlausible ? this.digestOf(name, userId, secret) : this.installation.digest('', secret.reveal());
    const isRight = isDigest(presented, holder?.digest ?? DUMMY_DIGEST);
    if (!holder || !isRight) return null;
    this.standInId = holder.userId;
    return holder;
  }

  private async checkGenerated(
    username: string,
    secret: SecretText,
    client: ClientAddress,
  ): Promise<GuardedCheck<Holder>> {
    const found = await this.holderOf(username, secret);
    if (found) return { found, retryAfterSeconds: null };
    return { found, retryAfterSeconds: await this.bruteForceGuard.countUnguessable(client, secret) };
  }

  /**
   * The digest of a secret, computed once for equal requests of a turn. Requests with different names are not equal, though
   * the stand-in is read for many of them: unknown names must cost what known ones do.
   */
  private digestOf(name: string, userId: string, secret: SecretText): Buffer {
    const text = secret.reveal();
    const request = `${name.length}:${name}${userId}:${text}`;
    return this.digests.of(request, () => this.installation.digest(userId, text));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.lastUses.flush();
  }

  /** What was noted by the last requests, which are answered after the first of these two. */
  async onApplicationShutdown(): Promise<void> {
    await this.lastUses.flush();
  }
}

/** Compares in constant time, even if there is nothing to compare with. */
function isDigest(presented: Buffer, digest: string): boolean {
  return timingSafeEqual(Buffer.from(digest, 'base64url'), presented);
}

function holderWithSecret(named: NamedHolder | undefined): Holder | null {
  if (!named || named.isStandIn) return null;
  const { holder } = named;
  return hasSecret(holder) ? holder : null;
}

function hasSecret(holder: SecretHolder): holder is Holder {
  return holder.digest !== null;
}
