import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { UserModel } from '../users/models/index.js';
import { OidcIdentity } from './oidc-identity.model.js';
import { OidcIdentityService } from './oidc-identity.service.js';

/** The identity of a user at the provider. */
@Resolver(() => UserModel)
export class OidcIdentityResolver {
  constructor(private readonly identities: OidcIdentityService) {}

  @ResolveField(() => OidcIdentity, { nullable: true, description: 'Null for LOCAL users.' })
  oidcIdentity(@Parent() user: UserModel): Promise<OidcIdentity | null> {
    return this.identities.identityOf(user.entity);
  }
}
