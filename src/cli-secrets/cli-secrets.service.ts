import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { Forbidden, NotFound } from '../common/errors/common.errors.js';
import { isDuplicate, changedARow } from '../common/persistence/conditional-write.js';
import { UserPrincipal } from '../access/principal.js';
import { openIfPossible } from '../common/crypto/sealed-value.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { Installation } from '../settings/installation.js';
import { BUILT_IN_ADMIN_ID } from '../users/index.js';
import { chosenSecret, generatedSecret } from './cli-secret-text.js';
import { CliSecret, CliSecretOrigin } from './cli-secret.entity.js';
import { readHolderById } from './cli-secret.statements.js';
import { insertUnderStamp, underStamp } from './own-secret.statements.js';

/** The row of a revoked secret stays, empty, so that no new secret is generated automatically. */
const EMPTY = { sealedSecret: null, digest: null, lastUsedAt: null } as const;

/** The CLI secrets: one for each OIDC user; a new one replaces the old. Owns their table. */
@Injectable()
export class CliSecretsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @InjectRepository(CliSecret) private readonly secrets: Repository<CliSecret>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** The secret of a user, or null if there is none. */
  async of(userId: string): Promise<CliSecret | null> {
    const row = await this.secrets.findOneBy({ userId });
    return row?.sealedSecret ? row : null;
  }

  /**
   * Reads the caller's secret, and generates it at the first call. Null after a revocation, for a local account, and for a
   * caller whose account was given to another identity since they were authenticated.
   */
  async readOrGenerate(actor: UserPrincipal): Promise<CliSecret | null> {
    const hasRow = await this.secrets.existsBy({ userId: actor.userId });
    if (!hasRow && (await readHolderById(this.database, actor.userId))) await this.generateFirst(actor);
    return this.ofCaller(actor);
  }

  /** The secret of a caller whose account is still theirs, or null if there is none. */
  async ofCaller(actor: UserPrincipal): Promise<CliSecret | null> {
    const own = this.secrets.createQueryBuilder('c').where({ userId: actor.userId });
    const row = await own.andWhere(...underStamp(actor)).getOne();
    return row?.sealedSecret ? row : null;
  }

  /**
   * Replaces the caller's secret by a new random one. Once this returns, every replica refuses the old one.
   *
   * @throws {Forbidden} for an account that cannot have a CLI secret
   */
  async generate(actor: UserPrincipal): Promise<CliSecret> {
    return this.replace(actor, generatedSecret(), CliSecretOrigin.GENERATED);
  }

  /**
   * Replaces the caller's secret by a chosen one.
   *
   * @throws {BadUserInput} if it is too weak, or starts like a generated one
   * @throws {Forbidden} for an account that cannot have a CLI secret
   */
  async choose(actor: UserPrincipal, secret: SecretText): Promise<CliSecret> {
    return this.replace(actor, chosenSecret(secret), CliSecretOrigin.CUSTOM);
  }

  /** Revokes the caller's secret; there is none until a new one is generated or chosen. */
  async revoke(actor: UserPrincipal): Promise<void> {
    await this.readOrGenerate(actor);
    await this.writeOwn(actor, EMPTY);
  }

  /**
   * Revokes the secret of another user.
   *
   * @throws {NotFound} if there is no such OIDC user
   */
  async revokeOf(userId: string): Promise<void> {
    if (!(await readHolderById(this.database, userId))) throw new NotFound('user with a CLI secret');
    const hasRow = await this.secrets.existsBy({ userId });
    if (!hasRow) await this.insertEmpty(userId);
    await this.secrets.update({ userId }, EMPTY);
  }

  /** The text of a secret, for its owner; null if it can no longer be opened, and a new one has to be generated. */
  textOf({ userId, sealedSecret }: CliSecret): SecretText | null {
    const text = sealedSecret && openIfPossible(this.installation.cipher, sealedSecret, sealingContext(userId));
    return text ? new SecretText(text) : null;
  }

  private async generateFirst(actor: UserPrincipal): Promise<void> {
    try {
      await insertUnderStamp(
        this.database,
        actor,
        this.row(actor.userId, generatedSecret(), CliSecretOrigin.GENERATED),
      );
    } catch (error) {
      // A concurrent request of the same user generated it.
      if (!isDuplicate(error)) throw error;
    }
  }

  private async insertEmpty(userId: string): Promise<void> {
    try {
      const origin = CliSecretOrigin.GENERATED;
      await this.secrets.insert({ userId, origin, createdAt: this.clock.now(), ...EMPTY });
    } catch (error) {
      // The user generated one meanwhile.
      if (!isDuplicate(error)) throw error;
    }
  }

  private async writeOwn(actor: UserPrincipal, change: Partial<CliSecret>): Promise<boolean> {
    const update = this.secrets.createQueryBuilder().update().set(change).where({ userId: actor.userId });
    return changedARow(await update.andWhere(...underStamp(actor)).execute());
  }

  private async replace(actor: UserPrincipal, secret: SecretText, origin: CliSecretOrigin): Promise<CliSecret> {
    if (actor.userId === BUILT_IN_ADMIN_ID) {
      throw new Forbidden('CLI secrets are for OIDC users; the built-in administrator uses their password.');
    }
    await this.readOrGenerate(actor);
    const row = this.row(actor.userId, secret, origin);
    const { userId, ...change } = row;
    if (!(await this.writeOwn(actor, change))) throw new Forbidden();
    return this.secrets.create({ ...row, userId });
  }

  private row(userId: string, secret: SecretText, origin: CliSecretOrigin) {
    const sealedSecret = this.installation.cipher.seal(secret.reveal(), sealingContext(userId));
    const digest = this.installation.digest(userId, secret.reveal()).toString('base64url');
    return { userId, sealedSecret, digest, origin, createdAt: this.clock.now(), lastUsedAt: null };
  }
}

function sealingContext(userId: string) {
  return { table: 'cli_secrets', column: 'sealed_secret', row: userId };
}
