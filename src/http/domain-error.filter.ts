import { ArgumentsHost, Catch, ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpExchange } from '../access/access.decorators.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { basePathOf } from '../config/public-urls.js';
import { toPublicError } from '../common/errors/public-error.js';
import { errorPage, ErrorPages, portalErrorPages } from './error-page.js';
import { errorViewOf, Failed, REQUEST_FAILED } from './error-view.js';
import { builtPortal, portalPageIn } from './portal-page.js';

/** Paths of programs: what is not there is told a browser by the server's own page. */
const OF_PROGRAMS = /^\/(\.well-known|graphql|health|metrics|oidc|service|v2)(\/|\?|$)/;

/**
 * Formats errors outside GraphQL: a page if the client accepts HTML, else JSON. The page is the portal's, which is read once,
 * at the start. A GraphQL error is passed on to the error formatter.
 */
@Catch()
export class DomainErrorFilter implements ExceptionFilter {
  protected readonly basePath: string;
  private readonly ofPortal: ErrorPages | null;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.basePath = basePathOf(environment);
    const page = portalPageIn(builtPortal(), this.basePath);
    this.ofPortal = page === null ? null : portalErrorPages(page, this.basePath);
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const shown = toPublicError(error, request.id);
    const { status, code, message, extensions } = shown;
    reply.code(status).header('cache-control', 'no-store');
    // RFC 9110, section 10.2.3.
    if (typeof extensions.retryAfterSeconds === 'number') reply.header('retry-after', extensions.retryAfterSeconds);
    if (request.headers.accept?.includes('text/html')) {
      const view = errorViewOf(shown, this.failed({ request, reply }));
      const page = canShowPortal(request, reply) ? this.ofPortal?.(view) : undefined;
      await reply.type('text/html; charset=utf-8').send(page ?? errorPage(view, this.basePath));
    } else {
      await reply.send({ ...extensions, code, message });
    }
  }

  /** What failed, for the page of its error. */
  protected failed(_exchange: HttpExchange): Failed {
    return REQUEST_FAILED;
  }
}

/** The portal runs only under its policy, and never as the answer to a form: a reload would send that again. */
function canShowPortal(request: FastifyRequest, reply: FastifyReply): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  // eslint-disable-next-line no-restricted-syntax -- an unknown path has no route; another spelling gets another look only
  return isRead && reply.hasHeader('content-security-policy') && !OF_PROGRAMS.test(request.url);
}
