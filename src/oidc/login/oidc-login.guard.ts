import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { actorOf, AuditService, outcomeOf } from '../../audit/index.js';
import { exchangeOf } from '../../access/access.decorators.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { OIDC_CALLBACK_PATH } from '../../config/public-urls.js';
import { isTestLoginState } from '../test-login/index.js';
import { OidcAuthenticateOptions, OidcStrategy } from './oidc.strategy.js';

/** Whether a request is the provider's answer to a test login, which logs nobody in. */
export function isTestLoginAnswer({ query, routeOptions }: FastifyRequest): boolean {
  if (routeOptions.url !== OIDC_CALLBACK_PATH) return false;
  return isTestLoginState((query as { readonly state?: unknown }).state);
}

/** Redirects the browser to the provider, or verifies the callback and puts the login on `request.user`. */
@Injectable()
export class OidcLoginGuard extends AuthGuard() {
  constructor(
    strategy: OidcStrategy,
    private readonly audit: AuditService,
  ) {
    super({ defaultStrategy: strategy.name });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isTestLoginAnswer(exchangeOf(context).request)) return true;
    try {
      return (await super.canActivate(context)) as boolean;
    } catch (error) {
      const { request } = exchangeOf(context);
      const from = { requestId: request.id, remoteAddress: clientAddressOf(request) };
      const stranger = { actor: actorOf(null), target: null, ...from };
      await this.audit.write({ action: 'login', ...stranger, ...outcomeOf(error) });
      throw error;
    }
  }

  override getAuthenticateOptions(context: ExecutionContext): OidcAuthenticateOptions & { session: false } {
    return { exchange: exchangeOf(context), session: false };
  }

  /** Passport redirects through three members of Node's response, which have other names on Fastify's reply. */
  getResponse(context: ExecutionContext) {
    const { reply } = exchangeOf(context);
    return {
      set statusCode(status: number) {
        reply.code(status);
      },
      setHeader: (name: string, value: string) => void reply.header(name, value),
      end: () => void reply.header('cache-control', 'no-store').send(),
    };
  }
}
