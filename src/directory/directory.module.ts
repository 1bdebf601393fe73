import { Module } from '@nestjs/common';
import { CliSecretsModule } from '../cli-secrets/cli-secrets.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { ServiceTokensModule } from '../service-tokens/service-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountMoves } from './account-requests/account-moves.service.js';
import { AccountRequestsResolver } from './account-requests/account-requests.resolver.js';
import { WaitingIdentities } from './account-requests/waiting-identities.service.js';
import { EndedWithUserResolver } from './ended-with-user.resolver.js';
import { FormerRights } from './former-rights.service.js';
import { OidcIdentityResolver } from './oidc-identity.resolver.js';
import { OidcIdentityService } from './oidc-identity.service.js';
import { GroupMembersResolver, UserDirectoryResolver } from './user-directory.resolver.js';
import { UserDirectory } from './user-directory.service.js';
import { UserSearch } from './user-search.service.js';
import { UserRightsResolver } from './user-rights.resolver.js';

/**
 * Shows users to administrators, with identity, rights and groups from the folders below. Changes nothing, but gives an account to
 * another identity of its person.
 */
@Module({
  imports: [CliSecretsModule, GrantsModule, GroupsModule, OidcModule, ServiceTokensModule, SessionsModule, UsersModule],
  providers: [
    ...[UserDirectory, UserSearch, UserDirectoryResolver, GroupMembersResolver],
    ...[OidcIdentityService, OidcIdentityResolver, UserRightsResolver, EndedWithUserResolver],
    ...[AccountMoves, AccountRequestsResolver, FormerRights, WaitingIdentities],
  ],
})
export class DirectoryModule {}
