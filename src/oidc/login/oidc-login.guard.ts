import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { actorOf, AuditService, outcomeOf } from '../../audit/index.js';
import { exchangeOf } from '../../access/access.decorators.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { OidcAuthenticateOptions, OidcStrategy } from './oidc.strategy.js';

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
