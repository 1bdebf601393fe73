import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../access/access.decorators.js';
import type { Principal } from '../access/principal.js';
import { UserModel } from '../users/models/index.js';
import { CliSecretModel } from './cli-secret.model.js';
import { CliSecretReader } from './cli-secret-reader.service.js';
import { CliSecretStatus } from './cli-secret-status.js';

/** The field `User.cliSecret`. */
@Resolver(() => UserModel)
export class UserCliSecretResolver {
  constructor(private readonly reader: CliSecretReader) {}

  @ResolveField(() => CliSecretModel, {
    nullable: true,
    description: 'Null if there is none. For the user and for administrators.',
  })
  cliSecret(@Parent() user: UserModel, @CurrentPrincipal() reader: Principal | null): Promise<CliSecretModel | null> {
    return this.reader.read(user.id, reader);
  }
}

/** The field `CliSecret.status`. */
@Resolver(() => CliSecretModel)
export class CliSecretStatusResolver {
  constructor(private readonly reader: CliSecretReader) {}

  @ResolveField(() => CliSecretStatus, {
    description: 'Whether it would be accepted now, as far as Mooring knows without asking the provider.',
  })
  status(@Parent() secret: CliSecretModel): Promise<CliSecretStatus> {
    return this.reader.statusOf(secret.userId);
  }
}
