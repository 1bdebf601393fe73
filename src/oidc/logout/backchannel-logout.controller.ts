import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.js';
import { OIDC_BACKCHANNEL_LOGOUT_PATH } from '../../config/public-urls.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { BackchannelLogoutService } from './backchannel-logout.service.js';

/** The endpoint to which the provider reports logouts. Public, because the logout token authenticates the request. */
@Public()
@OnlyIn(AuthMode.OIDC)
@Controller()
export class BackchannelLogoutController {
  constructor(private readonly logouts: BackchannelLogoutService) {}

  @Post(OIDC_BACKCHANNEL_LOGOUT_PATH)
  @HttpCode(200)
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.logouts.handle(request);
    await reply.header('cache-control', 'no-store').send();
  }
}
