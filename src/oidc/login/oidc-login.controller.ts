import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { Public } from '../../access/access.decorators.js';
import { OIDC_CALLBACK_PATH, OIDC_LOGIN_PATH } from '../../config/public-urls.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { OidcLoginGuard } from './oidc-login.guard.js';
import { LoginDispatcher } from './login-dispatcher.service.js';
import type { ProviderLogin } from '../../grants/index.js';

/** The redirect to the provider, and the callback. */
@Public()
@OnlyIn(AuthMode.OIDC)
@UseGuards(OidcLoginGuard)
@Controller()
export class OidcLoginController {
  constructor(private readonly login: LoginDispatcher) {}

  /** Never reached: the guard redirects the browser to the provider. */
  @Get(OIDC_LOGIN_PATH)
  begin(): void {}

  @Get(OIDC_CALLBACK_PATH)
  async callback(@Req() request: FastifyRequest & { user: ProviderLogin }, @Res() reply: FastifyReply): Promise<void> {
    const path = await this.login.next({ request, reply }, request.user);
    await reply.header('cache-control', 'no-store').redirect(path, 302);
  }
}
