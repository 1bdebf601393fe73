import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { timingSafeEqual } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { fold } from '../common/fold.js';
import { SecretText } from '../common/secret-text.js';
import { CurrentProvider } from '../oidc/current-provider.js';
import { Installation } from '../settings/installation.js';
import { CliSecretStatus, cliSecretStatus } from './cli-secret-status.js';
import { CliSecretUses } from './cli-secret-uses.service.js';
import { readHolderByName, SecretHolder } from './cli-secret.statements.js';

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 512;
const DUMMY_DIGEST = Buffer.alloc(32).toString('base64url');

/** Whom an accepted secret belongs to, with the rights of this moment. */
export type VerifiedPrincipal = Pick<SecretHolder, 'userId' | 'username' | 'isAdmin' | 'groups'>;

/** Whether a secret was accepted, and of whom. */
export type Verification =
  | { readonly status: CliSecretStatus.VALID; readonly principal: VerifiedPrincipal; readonly validUntil: Date }
  | { readonly status: Exclude<CliSecretStatus, CliSecretStatus.VALID> | 'MISMATCH' | 'AUTH_MODE_NOT_OIDC' };

/** Answers registry backends: is this the CLI secret of this user, and does the provider vouch for the user? */
@Injectable()
export class CliSecretVerifier {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly installation: Installation,
    private readonly provider: CurrentProvider,
    private readonly uses: CliSecretUses,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether this is the user's current secret and would be accepted now. A wrong secret, an unknown user and a user
   * without a secret get the same answer after the same work; whatever else there is to say is said to the right secret.
   */
  async verify(username: string, secret: SecretText): Promise<Verification> {
    if (!this.provider.isInForce()) return { status: 'AUTH_MODE_NOT_OIDC' };
    const isPlausible = username.length <= LONGEST_NAME && secret.reveal().length <= LONGEST_SECRET;
    const holder = isPlausible ? await readHolderByName(this.database, fold(username)) : null;
    if (!this.isRight(holder, secret) || !holder?.digest) return { status: 'MISMATCH' };
    this.uses.note(holder.digest);
    return this.judged(holder);
  }

  private isRight(holder: SecretHolder | null, secret: SecretText): boolean {
    const expected = Buffer.from(holder?.digest ?? DUMMY_DIGEST, 'base64url');
    return timingSafeEqual(expected, this.installation.digest(holder?.userId ?? '', secret.reveal()));
  }

  private judged(holder: SecretHolder): Verification {
    const grant = holder.grant && this.provider.factsOf(holder.grant);
    const status = cliSecretStatus({ isDisabled: holder.isDisabled, grant }, this.clock.now());
    // A valid secret has a grant.
    if (status !== CliSecretStatus.VALID || !grant) return { status } as Verification;
    const { userId, username } = holder;
    const { groups, isAdmin } = this.provider.rightsBy(holder.groups);
    const principal = { userId, username, isAdmin: holder.isAdmin || isAdmin, groups };
    return { status, principal, validUntil: grant.expiresAt };
  }
}
