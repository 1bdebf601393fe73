import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { timingSafeEqual } from 'node:crypto';
import { DataSource } from 'typeorm';
import { RateLimited } from '../common/errors/common.errors.js';
import { fold } from '../common/text/case-folding.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { Installation } from '../settings/installation.js';
import { BruteForceGuard, ClientAddress } from '../throttling/brute-force-guard.service.js';
import { AnsweredStatus, CliSecretStatus } from './cli-secret-status.js';
import { kindOf } from './cli-secret-text.js';
import { CliSecretUses } from './cli-secret-uses.service.js';
import { NamedHolder, readHolderByName, SecretHolder } from './cli-secret.statements.js';
import { OwnerStatus } from './owner-status.service.js';

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 512;
const MISMATCH = { status: 'MISMATCH', waited: false } as const;
const DUMMY_DIGEST = Buffer.alloc(32).toString('base64url');

/** Whom an accepted secret belongs to, with the rights of this moment. */
export type VerifiedPrincipal = Pick<SecretHolder, 'userId' | 'username' | 'isAdmin'> & {
  readonly groups: readonly string[];
};

/** Whether a secret was accepted, and of whom. */
export type Verdict =
  | { readonly status: CliSecretStatus.VALID; readonly principal: VerifiedPrincipal; readonly validUntil: Date }
  | { readonly status: Exclude<AnsweredStatus, CliSecretStatus.VALID> | 'MISMATCH' | 'AUTH_MODE_NOT_OIDC' }
  | { readonly status: 'RATE_LIMITED'; readonly retryAfterSeconds: number };

/** A verdict, and whether the provider was waited for: then whatever the caller had read before has to be read again. */
export type Verification = Verdict & { readonly waited: boolean };

type Holder = SecretHolder & { readonly digest: string };

/** Answers registry backends: is this the CLI secret of this user, and does the provider vouch for the user? */
@Injectable()
export class CliSecretVerifier {
  /** Whoever was last right: is read in place of users who do not exist. */
  private standInId = '';

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly installation: Installation,
    private readonly vouching: OwnerStatus,
    private readonly uses: CliSecretUses,
    private readonly throttle: BruteForceGuard,
  ) {}

  /**
   * Whether this is the user's current secret and would be accepted now. A wrong secret, an unknown user and a user
   * without a secret get the same answer after the same work; whatever else there is to say is said to the right secret.
   * Where the provider's word has run out it is asked again, for 12 seconds at most, and the answer is decided on what
   * holds after that. Who was wrong too often is told so; the right generated secret counts all the same.
   *
   * @param origin where the registry client is
   */
  async verify(username: string, secret: SecretText, origin: ClientAddress): Promise<Verification> {
    if (!this.vouching.isInForce()) return { status: 'AUTH_MODE_NOT_OIDC', waited: false };
    try {
      const holder = await this.throttled(username, secret, origin);
      return holder ? await this.answered(holder, () => this.holderOf(username, secret)) : MISMATCH;
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      return { status: 'RATE_LIMITED', ...error.extensions, waited: false };
    }
  }

  /** A generated secret can't be guessed; one that its check characters give away is not even looked for. */
  private throttled(username: string, secret: SecretText, origin: ClientAddress): Promise<Holder | null> {
    const check = () => this.holderOf(username, secret);
    const kind = kindOf(secret);
    if (kind === 'BROKEN') return Promise.resolve(null);
    return kind === 'GENERATED'
      ? this.throttle.unguessable(origin, secret, check)
      : this.throttle.guessable(origin, { username, secret }, check);
  }

  private async answered(holder: Holder, readAgain: () => Promise<Holder | null>): Promise<Verification> {
    this.uses.note(holder.digest);
    if (!this.vouching.hasToAsk(holder)) return this.judged(holder, false);
    await this.vouching.ask(holder);
    const afterwards = await readAgain();
    return afterwards ? this.judged(afterwards, true) : { ...MISMATCH, waited: true };
  }

  private async holderOf(username: string, secret: SecretText): Promise<Holder | null> {
    const isPlausible = username.length <= LONGEST_NAME && secret.reveal().length <= LONGEST_SECRET;
    const named = isPlausible ? await readHolderByName(this.database, fold(username), this.standInId) : null;
    if (!this.isRight(named, secret) || !named?.holder.digest) return null;
    this.standInId = named.holder.userId;
    return named.holder as Holder;
  }

  private isRight(named: NamedHolder | null, secret: SecretText): boolean {
    const isSomebody = named !== null && !named.isStandIn && named.holder.digest !== null;
    const expected = Buffer.from((isSomebody && named.holder.digest) || DUMMY_DIGEST, 'base64url');
    const fits = timingSafeEqual(expected, this.installation.digest(named?.holder.userId ?? '', secret.reveal()));
    return fits && isSomebody;
  }

  private judged(holder: SecretHolder, waited: boolean): Verification {
    const { status, validUntil } = this.vouching.verdictOn(holder);
    if (status !== CliSecretStatus.VALID) return { status, waited };
    const { userId, username } = holder;
    const { groups, isAdmin } = this.vouching.rightsBy(holder);
    return { status, principal: { userId, username, isAdmin: holder.isAdmin || isAdmin, groups }, validUntil, waited };
  }
}
