import { Module } from '@nestjs/common';
import { OidcModule } from '../oidc/oidc.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { LoginOptionsResolver } from './login-options.resolver.js';
import { LoginResolver } from './login.resolver.js';
import { LogoutResolver } from './logout.resolver.js';

/** The API of the login page: login options, login with a password, the current user, logout. No rule lives here. */
@Module({
  imports: [OidcModule, SessionsModule, UsersModule],
  providers: [LoginOptionsResolver, LoginResolver, LogoutResolver],
})
export class LoginModule {}
