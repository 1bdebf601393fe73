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
const WRONG = { found: null, retryAfterSeconds: null, named: null } as const;

/** The name that was presented with a secret. */
export interface PresentedName {
  /** The user who has it, as far as one was looked up. */
  readonly user: { readonly id: string; readonly username: string } | null;
  /** The same for every spelling of the name, whether a user has it or not; tells nothing of it. */
  readonly digest: string;
}

/** A check of a secret, and who has the name. */
interface PresentedCheck extends GuardedCheck<Holder> {
  readonly named: SecretHolder | null;
}

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
  async present(username: string, secret: SecretText, client: ClientAddress): Promise<PresentedCheck> {
    const kind = kindOf(secret);
    if (kind === 'BROKEN') return WRONG;
    let named: SecretHolder | null = null;
    const check = async () => {
      const found = await this.lookUp(username, secret);
      named = found.named;
      return found.holder;
    };
    const result =
      kind === 'GENERATED'
        ? await this.checkGenerated(check, secret, client)
        : await this.bruteForceGuard.check(client, { username, secret }, check);
    if (result.found) this.lastUses.note(result.found.digest, { userId: result.found.userId, at: this.clock.now() });
    return { found: result.found, retryAfterSeconds: result.retryAfterSeconds, named };
  }

  /** The user with this name and secret, or null: in one statement, which other requests of the turn may share. */
  async holderOf(username: string, secret: SecretText): Promise<Holder | null> {
    return (await this.lookUp(username, secret)).holder;
  }

  /** What refusals are counted by, and whom they name, in the audit log. */
  presentedName(username: string, named: SecretHolder | null): PresentedName {
    const digest = this.installation.digest('presented name', fold(username.slice(0, LONGEST_NAME)));
    return { user: named && { id: named.userId, username: named.username }, digest: digest.toString('base64url') };
  }

  private async lookUp(
    username: string,
    secret: SecretText,
  ): Promise<{ holder: Holder | null; named: SecretHolder | null }> {
    const isPlausible = username.length <= LONGEST_NAME && secret.reveal().length <= LONGEST_SECRET;
    const name = isPlausible ? fold(username) : '';
    const named = isPlausible ? await this.named.read(name) : undefined;
    const holder = holderWithSecret(named);
    const userId = named?.holder.userId ?? '';
    const presented = isPlausible ? this.digestOf(name, userId, secret) : this.installation.digest('', secret.reveal());
    const isRight = isDigest(presented, holder?.digest ?? DUMMY_DIGEST);
    const user = userOf(named);
    if (!holder || !isRight) return { holder: null, named: user };
    this.standInId = holder.userId;
    return { holder, named: user };
  }

  private async checkGenerated(
    check: () => Promise<Holder | null>,
    secret: SecretText,
    client: ClientAddress,
  ): Promise<GuardedCheck<Holder>> {
    const found = await check();
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

function userOf(named: NamedHolder | undefined): SecretHolder | null {
  return named && !named.isStandIn ? named.holder : null;
}

function holderWithSecret(named: NamedHolder | undefined): Holder | null {
  const holder = userOf(named);
  return holder && hasSecret(holder) ? holder : null;
}

function hasSecret(holder: SecretHolder): holder is Holder {
  return holder.digest !== null;
}
