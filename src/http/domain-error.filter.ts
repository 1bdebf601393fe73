import { ArgumentsHost, Catch, ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorPage, Quotation } from './error-page.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { basePathOf } from '../config/public-urls.js';
import { toPublicError } from '../common/errors/public-error.js';

/**
 * Formats errors outside GraphQL: a page if the client accepts HTML, else JSON. A GraphQL error is passed on to the error
 * formatter.
 */
@Catch()
export class DomainErrorFilter implements ExceptionFilter {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    if (host.getType<string>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { status, code, message, extensions } = toPublicError(error, request.id);
    reply.code(status).header('cache-control', 'no-store');
    // RFC 9110, section 10.2.3.
    if (typeof extensions.retryAfterSeconds === 'number') reply.header('retry-after', extensions.retryAfterSeconds);
    if (request.headers.accept?.includes('text/html')) {
      const page = { message, code, said: quotationIn(extensions), basePath: basePathOf(this.environment) };
      await reply.type('text/html; charset=utf-8').send(errorPage(page));
    } else {
      await reply.send({ ...extensions, code, message });
    }
  }
}

function quotationIn({ providerError, providerErrorDescription }: Readonly<Record<string, unknown>>): Quotation | null {
  if (typeof providerError !== 'string') return null;
  const description = typeof providerErrorDescription === 'string' ? providerErrorDescription : null;
  return { error: providerError, description };
}
