import { Module } from '@nestjs/common';
import { OidcModule } from '../oidc/oidc.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { LoginOptionsResolver } from './login-options.resolver.js';
import { LoginResolver } from './login.resolver.js';

/** What a login page calls: the ways in, login with a password, who is logged in, and logout. No rule lives here. */
@Module({ imports: [OidcModule, SessionsModule, UsersModule], providers: [LoginOptionsResolver, LoginResolver] })
export class LoginModule {}
