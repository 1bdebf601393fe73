import { Controller, Get, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { Public } from '../../access/access.decorators.js';
import { OIDC_CALLBACK_PATH, OIDC_LOGIN_PATH } from '../../config/public-urls.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { TestLogins } from '../test-login/index.js';
import { isTestLoginAnswer, OidcLoginGuard } from './oidc-login.guard.js';
import { LoginErrorFilter } from './login-error.filter.js';
import { LoginDispatcher } from './login-dispatcher.service.js';
import type { ProviderLogin } from '../../grants/index.js';

/** The page of the portal that ends in the window of a test login. */
const TEST_LOGIN_PAGE = '/test-login';

/** The redirect to the provider, and the callback. */
@Public()
@UseGuards(OidcLoginGuard)
@UseFilters(LoginErrorFilter)
@Controller()
export class OidcLoginController {
  constructor(
    private readonly login: LoginDispatcher,
    private readonly testLogins: TestLogins,
  ) {}

  /** Never reached: the guard redirects the browser to the provider. */
  @OnlyIn(AuthMode.OIDC)
  @Get(OIDC_LOGIN_PATH)
  begin(): void {}

  @OnlyIn(AuthMode.OIDC, isTestLoginAnswer)
  @Get(OIDC_CALLBACK_PATH)
  async callback(@Req() request: FastifyRequest & { user: ProviderLogin }, @Res() reply: FastifyReply): Promise<void> {
    const path = isTestLoginAnswer(request)
      ? await this.endTestLogin(request)
      : await this.login.next({ request, reply }, request.user);
    await reply.header('cache-control', 'no-store').redirect(path, 302);
  }

  private async endTestLogin(request: FastifyRequest): Promise<string> {
    const again = await this.testLogins.finish({ request });
    return again ?? TEST_LOGIN_PAGE;
  }
}
