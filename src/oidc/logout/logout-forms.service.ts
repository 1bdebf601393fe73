import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { Clock } from '../../common/runtime/clock.js';
import { browserCookie } from '../../config/browser-cookie.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { Installation } from '../../settings/installation.js';
import { SingleUseService } from '../../single-use/index.js';

const FORM_SECONDS = 120;

/** A logout that goes to the provider as a form. */
export interface FormLogout {
  readonly userId: string;
  readonly state: string;
}

type KeptLogout = FormLogout & { readonly expiresAt: number };

/**
 * Remembers, in a sealed cookie of the browser, whose logout is sent to the provider as a form: the session has ended by
 * then. Each is used once, because its page has the ID token of the user.
 */
@Injectable()
export class LogoutForms {
  constructor(
    private readonly installation: Installation,
    private readonly singleUse: SingleUseService,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Remembers a logout for two minutes. */
  keep({ reply }: HttpExchange, logout: FormLogout): void {
    const { name, attributes } = this.cookie;
    const text = JSON.stringify({ ...logout, expiresAt: this.clock.secondsFromNow(FORM_SECONDS).getTime() });
    const sealed = this.installation.cipher.seal(text, sealingContext(name));
    reply.setCookie(name, sealed, { ...attributes, maxAge: FORM_SECONDS });
  }

  /** Consumes the logout of this browser; null if there is none, or it was used before, or is too old. */
  async take({ request, reply }: HttpExchange): Promise<FormLogout | null> {
    const { name, attributes } = this.cookie;
    const sealed = request.cookies[name];
    if (sealed === undefined) return null;
    reply.clearCookie(name, attributes);
    const kept = this.opened(name, sealed);
    if (kept === null || kept.expiresAt <= this.clock.now().getTime()) return null;
    const { userId, state, expiresAt } = kept;
    return (await this.singleUse.use('logout-form', state, new Date(expiresAt))) ? { userId, state } : null;
  }

  // Anybody can send a cookie that does not open: that is not worth a line in the log.
  private opened(name: string, sealed: string): KeptLogout | null {
    try {
      return JSON.parse(this.installation.cipher.open(sealed, sealingContext(name))) as KeptLogout;
    } catch {
      return null;
    }
  }

  private get cookie() {
    return browserCookie(this.environment, 'mooring-logout-form');
  }
}

function sealingContext(cookie: string) {
  return { table: 'cookie', column: 'logout-form', row: cookie };
}
