import { Catch } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { OIDC_LOGIN_PATH } from '../../config/public-urls.js';
import { DomainErrorFilter, Failed } from '../../http/index.js';
import { isTestLoginAnswer } from './oidc-login.guard.js';

/**
 * Formats the errors of a login, and of a test login, whatever failed. The page of a login offers another one; that
 * of a test login offers none, because it would be a real one.
 */
@Catch()
export class LoginErrorFilter extends DomainErrorFilter {
  protected override failed(exchange: HttpExchange): Failed {
    if (isTestLoginAnswer(exchange.request)) return { title: 'Test login failed', again: null };
    return { title: 'Login failed', again: this.basePath + OIDC_LOGIN_PATH };
  }
}
