import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.js';
import { OIDC_FRONTCHANNEL_LOGOUT_PATH } from '../../config/public-urls.js';
import { framedPagePolicy } from '../../http/index.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { FrontchannelLogoutService } from './frontchannel-logout.service.js';

const PAGE = '<!doctype html>\n<title>Mooring</title>\n';

/** The page that the provider frames to report a logout. Public, because browsers send no cookie from a foreign frame. */
@Public()
@OnlyIn(AuthMode.OIDC)
@Controller()
export class FrontchannelLogoutController {
  constructor(private readonly logouts: FrontchannelLogoutService) {}

  @Get(OIDC_FRONTCHANNEL_LOGOUT_PATH)
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const issuer = await this.logouts.handle(request);
    reply.removeHeader('x-frame-options').header('content-security-policy', framedPagePolicy(issuer));
    // OpenID Connect Front-Channel Logout 1.0, section 2.
    await reply.header('cache-control', 'no-cache, no-store').type('text/html; charset=utf-8').send(PAGE);
  }
}
