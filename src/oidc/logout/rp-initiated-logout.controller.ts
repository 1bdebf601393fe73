import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access.decorators.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { basePathOf, OIDC_LOGGED_OUT_PATH, OIDC_LOGOUT_FORM_PATH } from '../../config/public-urls.js';
import { formPage, formPageHeaders, noticePage } from '../../http/index.js';
import { RpInitiatedLogout } from './rp-initiated-logout.service.js';

const HTML = 'text/html; charset=utf-8';
const FORM_WORDS = {
  title: 'Logging out',
  text: 'You are logged out here. To log out at the OpenID provider as well, continue there.',
  button: 'Continue',
};
const NOTHING_BEGUN = {
  title: 'Logout at the OpenID provider',
  text: 'This page follows a logout at the OpenID provider. It changes nothing: if you are still logged in here, log out here as well.',
};

/** The page that sends a logout to the provider, and the page to which the provider redirects after it. */
@Public()
@Controller()
export class RpInitiatedLogoutController {
  private readonly basePath: string;

  constructor(
    private readonly rpInitiatedLogout: RpInitiatedLogout,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.basePath = basePathOf(environment);
  }

  @Get(OIDC_LOGOUT_FORM_PATH)
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = await this.rpInitiatedLogout.form({ request, reply });
    if (!form) return this.sendNotice(reply);
    await reply
      .headers(formPageHeaders(form))
      .type(HTML)
      .send(formPage(form, FORM_WORDS, this.basePath));
  }

  @Get(OIDC_LOGGED_OUT_PATH)
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.rpInitiatedLogout.finish({ request, reply })) return this.sendNotice(reply);
    await reply.header('cache-control', 'no-store').redirect('/', 302);
  }

  // Anybody can open these addresses in anybody's browser: without a logout that it began, nothing happens.
  private async sendNotice(reply: FastifyReply): Promise<void> {
    await reply.header('cache-control', 'no-store').type(HTML).send(noticePage(NOTHING_BEGUN, this.basePath));
  }
}
