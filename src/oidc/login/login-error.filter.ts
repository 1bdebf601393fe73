import { Catch, Inject } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { OIDC_CALLBACK_PATH, OIDC_LOGIN_PATH } from '../../config/public-urls.js';
import { DomainErrorFilter } from '../../http/index.js';
import { LoginAttempts } from './login-attempts.service.js';
import { isTestLoginAnswer } from './oidc-login.guard.js';

/** Where every login leads unless another page was wanted. */
const USUAL_PATH = '/';

/**
 * Formats the errors of a login, and of a test login, whatever failed. The page of a login offers another one, which leads
 * where this one was to lead; that of a test login offers none, because it would be a real one.
 */
@Catch()
export class LoginErrorFilter extends DomainErrorFilter {
  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly attempts: LoginAttempts,
  ) {
    super(environment);
  }

  protected override failed(exchange: HttpExchange) {
    if (isTestLoginAnswer(exchange.request)) return { title: 'Test login failed', again: null };
    const wanted = this.wantedPath(exchange);
    const query = wanted === USUAL_PATH ? '' : `?${new URLSearchParams({ redirect_url: wanted })}`;
    return { title: 'Login failed', again: this.basePath + OIDC_LOGIN_PATH + query };
  }

  /** Only our own cookie says it to a callback: its query is the provider's, or anybody's. */
  private wantedPath(exchange: HttpExchange): string {
    const { routeOptions, query } = exchange.request;
    const { state, redirect_url: asked } = query as { readonly state?: unknown; readonly redirect_url?: unknown };
    if (routeOptions.url !== OIDC_CALLBACK_PATH) return this.attempts.returnPathOf(asked);
    const begun = this.attempts.presented(exchange, state)?.returnTo;
    return this.attempts.returnPathOf(begun ?? this.attempts.ledTo(exchange, state));
  }
}
