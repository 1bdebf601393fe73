import { Args, Query, Resolver } from '@nestjs/graphql';
import { OnlyIn } from '../settings/only-in.decorator.js';
import { AuditedMutation, callerTarget } from '../audit/index.js';
import { CurrentUser, ForAdmins, ForUsers } from '../access/access.decorators.js';
import type { UserPrincipal } from '../access/principal.js';
import { AuthMode } from '../settings/auth-mode.js';
import { UsersService, userTarget } from '../users/index.js';
import { UserModel } from '../users/models/index.js';
import { CliSecret } from './cli-secret.entity.js';
import {
  CliSecretModel,
  GenerateCliSecretPayload,
  RevokeCliSecretPayload,
  RevokeUserCliSecretInput,
  RevokeUserCliSecretPayload,
  SetCliSecretInput,
  SetCliSecretPayload,
} from './cli-secret.model.js';
import { CliSecretsService } from './cli-secrets.service.js';

/** The caller's CLI secret, and its revocation by administrators. */
@ForUsers()
@OnlyIn(AuthMode.OIDC)
@Resolver()
export class CliSecretsResolver {
  constructor(
    private readonly cliSecrets: CliSecretsService,
    private readonly users: UsersService,
  ) {}

  @Query(() => CliSecretModel, {
    nullable: true,
    description:
      "The caller's own, generated at the first query. Null for the built-in administrator, and after a revocation.",
  })
  async cliSecret(@CurrentUser() actor: UserPrincipal): Promise<CliSecretModel | null> {
    const secret = await this.cliSecrets.readOrGenerate(actor);
    return secret && this.modelOf(secret);
  }

  @AuditedMutation('cli_secret.generate', callerTarget, () => GenerateCliSecretPayload, {
    description: "Replaces the caller's secret by a new random one.",
  })
  async generateCliSecret(@CurrentUser() actor: UserPrincipal): Promise<GenerateCliSecretPayload> {
    return { cliSecret: this.modelOf(await this.cliSecrets.generate(actor)) };
  }

  @AuditedMutation('cli_secret.set', callerTarget, () => SetCliSecretPayload, {
    description: "Replaces the caller's secret by a chosen one.",
  })
  async setCliSecret(
    @CurrentUser() actor: UserPrincipal,
    @Args('input') input: SetCliSecretInput,
  ): Promise<SetCliSecretPayload> {
    return { cliSecret: this.modelOf(await this.cliSecrets.choose(actor, input.secret)) };
  }

  @AuditedMutation('cli_secret.revoke', callerTarget, () => RevokeCliSecretPayload, {
    description: "Revokes the caller's secret; there is none until a new one is generated or chosen.",
  })
  async revokeCliSecret(@CurrentUser() actor: UserPrincipal): Promise<RevokeCliSecretPayload> {
    await this.cliSecrets.revoke(actor);
    return { user: UserModel.of(await this.users.existing(actor.userId)) };
  }

  @ForAdmins()
  @AuditedMutation('cli_secret.revoke', userTarget, () => RevokeUserCliSecretPayload, {
    description: 'Revokes the secret of another user. For administrators.',
  })
  async revokeUserCliSecret(@Args('input') { userId }: RevokeUserCliSecretInput): Promise<RevokeUserCliSecretPayload> {
    await this.cliSecrets.revokeOf(userId);
    return { user: UserModel.of(await this.users.existing(userId)) };
  }

  private modelOf(secret: CliSecret): CliSecretModel {
    return CliSecretModel.of(secret, this.cliSecrets.textOf(secret));
  }
}
