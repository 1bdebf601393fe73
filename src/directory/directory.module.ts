import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { ServiceTokensModule } from '../service-tokens/service-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { EndedWithUserResolver } from './ended-with-user.resolver.js';
import { OidcIdentityResolver } from './oidc-identity.resolver.js';
import { OidcIdentityService } from './oidc-identity.service.js';
import { GroupMembersResolver, UserDirectoryResolver } from './user-directory.resolver.js';
import { UserDirectory } from './user-directory.service.js';
import { UserRightsResolver } from './user-rights.resolver.js';

/** Shows users to administrators, with identity, rights and groups from the folders below. Changes nothing. */
@Module({
  imports: [GrantsModule, OidcModule, ServiceTokensModule, SessionsModule, UsersModule],
  providers: [
    ...[UserDirectory, UserDirectoryResolver, GroupMembersResolver],
    ...[OidcIdentityService, OidcIdentityResolver, UserRightsResolver, EndedWithUserResolver],
  ],
})
export class DirectoryModule {}
