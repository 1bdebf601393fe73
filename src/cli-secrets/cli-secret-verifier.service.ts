import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { timingSafeEqual } from 'node:crypto';
import { DataSource } from 'typeorm';
import { fold } from '../common/fold.js';
import { SecretText } from '../common/secret-text.js';
import { Installation } from '../settings/installation.js';
import { AnsweredStatus, CliSecretStatus } from './cli-secret-status.js';
import { CliSecretUses } from './cli-secret-uses.service.js';
import { readHolderByName, SecretHolder } from './cli-secret.statements.js';
import { Vouching } from './vouching.service.js';

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 512;
const DUMMY_DIGEST = Buffer.alloc(32).toString('base64url');

/** Whom an accepted secret belongs to, with the rights of this moment. */
export type VerifiedPrincipal = Pick<SecretHolder, 'userId' | 'username' | 'isAdmin' | 'groups'>;

/** Whether a secret was accepted, and of whom. */
export type Verification =
  | { readonly status: CliSecretStatus.VALID; readonly principal: VerifiedPrincipal; readonly validUntil: Date }
  | { readonly status: Exclude<AnsweredStatus, CliSecretStatus.VALID> | 'MISMATCH' | 'AUTH_MODE_NOT_OIDC' };

/** Answers registry backends: is this the CLI secret of this user, and does the provider vouch for the user? */
@Injectable()
export class CliSecretVerifier {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly installation: Installation,
    private readonly vouching: Vouching,
    private readonly uses: CliSecretUses,
  ) {}

  /**
   * Whether this is the user's current secret and would be accepted now. A wrong secret, an unknown user and a user
   * without a secret get the same answer after the same work; whatever else there is to say is said to the right secret.
   * Where the provider's word has run out it is asked again, for 12 seconds at most, and the answer is decided on what
   * holds after that.
   */
  async verify(username: string, secret: SecretText): Promise<Verification> {
    if (!this.vouching.isInForce()) return { status: 'AUTH_MODE_NOT_OIDC' };
    const holder = await this.holderOf(username, secret);
    if (!holder) return { status: 'MISMATCH' };
    this.uses.note(holder.digest);
    if (!this.vouching.hasToAsk(holder)) return this.judged(holder);
    await this.vouching.ask(holder);
    const afterwards = await this.holderOf(username, secret);
    return afterwards ? this.judged(afterwards) : { status: 'MISMATCH' };
  }

  private async holderOf(username: string, secret: SecretText): Promise<(SecretHolder & { digest: string }) | null> {
    const isPlausible = username.length <= LONGEST_NAME && secret.reveal().length <= LONGEST_SECRET;
    const holder = isPlausible ? await readHolderByName(this.database, fold(username)) : null;
    const isRight = this.isRight(holder, secret);
    return isRight && holder?.digest ? (holder as SecretHolder & { digest: string }) : null;
  }

  private isRight(holder: SecretHolder | null, secret: SecretText): boolean {
    const expected = Buffer.from(holder?.digest ?? DUMMY_DIGEST, 'base64url');
    return timingSafeEqual(expected, this.installation.digest(holder?.userId ?? '', secret.reveal()));
  }

  private judged(holder: SecretHolder): Verification {
    const { status, validUntil } = this.vouching.verdictOn(holder);
    if (status !== CliSecretStatus.VALID) return { status };
    const { userId, username } = holder;
    const { groups, isAdmin } = this.vouching.rightsBy(holder.groups);
    return { status, principal: { userId, username, isAdmin: holder.isAdmin || isAdmin, groups }, validUntil };
  }
}
