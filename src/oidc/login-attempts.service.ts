import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HttpExchange } from '../common/access.decorators.js';
import { Clock } from '../common/clock.js';
import { randomBase62 } from '../common/random-text.js';
import { browserCookie } from '../config/browser-cookie.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { OnceOnlyService } from '../sessions/once-only.service.js';
import { Installation } from '../settings/installation.js';
import { LoginAttemptUnknown } from './oidc.errors.js';

const ATTEMPT_SECONDS = 10 * 60;
const MOST_AT_ONCE = 5;
const STATE_FORM = /^[0-9A-Za-z]{32}$/;
// RFC 7636, section 4.1: 43 to 128 characters.
const PKCE_VERIFIER_CHARACTERS = 64;

/** One login on its way to the provider and back. */
export interface LoginAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly pkceVerifier: string;
  /** Stands for the provider that the login was begun at. */
  readonly provider: string;
  readonly returnTo: string;
  /** When it was begun, and when it ends; milliseconds since 1970. */
  readonly begunAt: number;
  readonly expiresAt: number;
}

/**
 * Logins on their way to the provider and back, each in an encrypted cookie of its own: so tabs do not disturb each
 * other, any replica can receive the answer, and nobody can finish in one browser what was begun in another.
 */
@Injectable()
export class LoginAttempts {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly installation: Installation,
    private readonly onceOnly: OnceOnlyService,
    private readonly clock: Clock,
  ) {}

  /** Begins a login; of more than five in one browser the oldest are given up. */
  begin({ request, reply }: HttpExchange, provider: string, returnTo: string): LoginAttempt {
    const attempt: LoginAttempt = {
      state: randomBase62(32),
      nonce: randomBase62(32),
      pkceVerifier: randomBase62(PKCE_VERIFIER_CHARACTERS),
      ...{ provider, returnTo },
      begunAt: this.clock.now().getTime(),
      expiresAt: this.clock.secondsFromNow(ATTEMPT_SECONDS).getTime(),
    };
    for (const stale of this.cookiesOf(request).slice(MOST_AT_ONCE - 1)) reply.clearCookie(stale, this.attributes);
    const { name, attributes } = this.cookieFor(attempt.state);
    const sealed = this.installation.cipher.seal(JSON.stringify(attempt), placeOf(name));
    reply.setCookie(name, sealed, { ...attributes, maxAge: ATTEMPT_SECONDS });
    return attempt;
  }

  /**
   * Takes up a login that comes back from the provider; each once.
   *
   * @throws {LoginAttemptUnknown} where this browser did not begin it, it was used, or it is older than ten minutes
   */
  async take({ request, reply }: HttpExchange, state: unknown): Promise<LoginAttempt> {
    if (typeof state !== 'string' || !STATE_FORM.test(state)) throw new LoginAttemptUnknown('no usable state');
    const { name, attributes } = this.cookieFor(state);
    const attempt = this.opened(request, name);
    reply.clearCookie(name, attributes);
    if (!attempt || attempt.state !== state) throw new LoginAttemptUnknown('state is not of this browser');
    const expiresAt = new Date(attempt.expiresAt);
    if (expiresAt <= this.clock.now()) throw new LoginAttemptUnknown('attempt too old');
    if (!(await this.onceOnly.use('login-attempt', state, expiresAt))) throw new LoginAttemptUnknown('attempt used');
    return attempt;
  }

  /** The names of the browser's attempt cookies, newest first; those that don't open come last. */
  private cookiesOf(request: FastifyRequest): string[] {
    const { name: prefix } = this.cookieFor('');
    const names = Object.keys(request.cookies).filter((name) => name.startsWith(prefix));
    const ages = new Map(names.map((name) => [name, this.opened(request, name)?.expiresAt ?? 0]));
    return names.sort((one, other) => (ages.get(other) ?? 0) - (ages.get(one) ?? 0));
  }

  private opened(request: FastifyRequest, name: string): LoginAttempt | undefined {
    try {
      return JSON.parse(this.installation.cipher.open(request.cookies[name] ?? '', placeOf(name))) as LoginAttempt;
    } catch {
      return undefined;
    }
  }

  private cookieFor(state: string) {
    return browserCookie(this.environment, `mooring-login-${state}`);
  }

  private get attributes() {
    return this.cookieFor('').attributes;
  }
}

function placeOf(cookie: string) {
  return { table: 'cookie', column: 'login-attempt', row: cookie };
}
