import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.js';
import { OIDC_LOGGED_OUT_PATH } from '../../config/public-urls.js';
import { LogoutUnknown } from '../login/index.js';
import { RpInitiatedLogout } from './rp-initiated-logout.service.js';

/** The page to which the provider redirects after a logout there. */
@Public()
@Controller()
export class RpInitiatedLogoutController {
  constructor(private readonly rpInitiatedLogout: RpInitiatedLogout) {}

  @Get(OIDC_LOGGED_OUT_PATH)
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.rpInitiatedLogout.finish({ request, reply })) throw new LogoutUnknown();
    await reply.header('cache-control', 'no-store').redirect('/', 302);
  }
}
