import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HttpExchange } from '../../access/access.decorators.js';
import { Clock } from '../../common/runtime/clock.js';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { browserCookie } from '../../config/browser-cookie.js';
import { basePathOf } from '../../config/public-urls.js';
import { safeReturnPath } from '../../http/index.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { SingleUseService } from '../../single-use/index.js';
import { Installation } from '../../settings/installation.js';
import { attemptSecrets } from '../index.js';
import type { ConsentRound } from '../consent/index.js';
import { LoginAttemptUnknown } from './login.errors.js';

const ATTEMPT_SECONDS = 10 * 60;
/** Longer than the attempt: a person who returns too late from a consent page is logged in, and goes where they wanted. */
const ROUND_COOKIE_SECONDS = 60 * 60;
const MOST_AT_ONCE = 5;
/** For all attempt cookies of a browser: many proxies refuse a request whose headers exceed 8 KB. */
const MOST_COOKIE_BYTES = 4096;
const STATE_FORM = /^[0-9A-Za-z]{32}$/;

/** A login that was sent to the provider and has not come back yet. */
export interface LoginAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly pkceVerifier: string;
  /** The fingerprint of the provider at which the login began. */
  readonly provider: string;
  readonly returnTo: string;
  /** When the attempt began and when it expires; milliseconds since 1970. */
  readonly begunAt: number;
  readonly expiresAt: number;
  /** Whether it follows a login that failed and began again by itself; absent: it does not. */
  readonly isRestarted?: boolean;
  /** The round after a login that may only add a refresh token to its grant; absent: it is a login of its own. */
  readonly consent?: ConsentRound;
}

/** What stays of an attempt that was consumed, so that the same answer of the provider, sent again, leads to the same page. */
interface UsedAttempt {
  readonly ledTo: string;
}

/** The marks of an attempt that is not the first one of its login. Cookies of older releases have none. */
export type AttemptMarks = Pick<LoginAttempt, 'isRestarted' | 'consent'>;

/**
 * Login attempts, each in an encrypted cookie of its own: so tabs do not disturb each other, any replica can receive the
 * callback, and a login that began in one browser can't be completed in another.
 */
@Injectable()
export class LoginAttempts {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly installation: Installation,
    private readonly singleUse: SingleUseService,
    private readonly clock: Clock,
  ) {}

  /** The path to which a login leads, from what a link asks for: the same, if it is a path of ours; else `/`. */
  returnPathOf(wanted: unknown): string {
    return safeReturnPath(typeof wanted === 'string' ? wanted : undefined, basePathOf(this.environment));
  }

  /** A new attempt, which no browser has yet ({@link begin}). */
  draft(provider: string, returnTo: string, marks: AttemptMarks = {}): LoginAttempt {
    return {
      state: randomBase62(32),
      ...attemptSecrets(),
      ...{ provider, returnTo, ...marks },
      begunAt: this.clock.now().getTime(),
      expiresAt: this.clock.secondsFromNow(ATTEMPT_SECONDS).getTime(),
    };
  }

  /** Gives an attempt to the browser. Its oldest ones are dropped beyond five attempts or four kilobytes of cookies. */
  begin({ request, reply }: HttpExchange, attempt: LoginAttempt): void {
    const { name, attributes } = this.cookieFor(attempt.state);
    const sealed = this.installation.cipher.seal(JSON.stringify(attempt), sealingContext(name));
    for (const stale of this.staleCookies(request, sizeOf(name, sealed))) reply.clearCookie(stale, this.attributes);
    const maxAge = attempt.consent ? ROUND_COOKIE_SECONDS : ATTEMPT_SECONDS;
    reply.setCookie(name, sealed, { ...attributes, maxAge });
  }

  /** The attempt of this browser with this state as it began, even if it was used or is too old; null if there is none. */
  presented({ request }: HttpExchange, state: unknown): LoginAttempt | null {
    if (typeof state !== 'string' || !STATE_FORM.test(state)) return null;
    return this.attemptIn(request, this.cookieFor(state).name) ?? null;
  }

  /**
   * Consumes the attempt with this state, once. Until it would have expired, the browser remembers where it led
   * ({@link ledTo}).
   *
   * @throws {LoginAttemptUnknown} if this browser did not begin it, or it was used before, or it is older than ten minutes
   */
  async take({ request, reply }: HttpExchange, state: unknown): Promise<LoginAttempt> {
    if (typeof state !== 'string' || !STATE_FORM.test(state)) throw new LoginAttemptUnknown('no usable state');
    const { name, attributes } = this.cookieFor(state);
    const attempt = this.attemptIn(request, name);
    if (attempt) this.remember({ request, reply }, name, { ledTo: attempt.returnTo });
    else reply.clearCookie(name, attributes);
    if (!attempt || attempt.state !== state) throw new LoginAttemptUnknown('the state is not from this browser');
    const expiresAt = new Date(attempt.expiresAt);
    if (expiresAt <= this.clock.now()) throw attemptOver('the attempt is too old');
    if (!(await this.singleUse.use('login-attempt', state, expiresAt)))
      throw attemptOver('the attempt was used before');
    return attempt;
  }

  /** Where the attempt of this browser with this state led, after it was consumed; null if that is not known. */
  ledTo({ request }: HttpExchange, state: unknown): string | null {
    if (typeof state !== 'string' || !STATE_FORM.test(state)) return null;
    const kept = this.cookieIn(request, this.cookieFor(state).name);
    return kept && 'ledTo' in kept ? kept.ledTo : null;
  }

  private remember({ request, reply }: HttpExchange, name: string, used: UsedAttempt): void {
    const sealed = this.installation.cipher.seal(JSON.stringify(used), sealingContext(name));
    reply.setCookie(name, sealed, { ...this.attributes, maxAge: ATTEMPT_SECONDS });
    // An attempt that begins in the same request counts with what the browser will have.
    request.cookies = { ...request.cookies, [name]: sealed };
  }

  /** The cookies that must go to make room for a new one of this size: the first beyond the limits, and all older ones. */
  private staleCookies(request: FastifyRequest, bytes: number): string[] {
    const names = this.cookiesOf(request);
    let total = bytes;
    const firstStale = names.findIndex((name, index) => {
      total += sizeOf(name, request.cookies[name] ?? '');
      return index >= MOST_AT_ONCE - 1 || total > MOST_COOKIE_BYTES;
    });
    return firstStale < 0 ? [] : names.slice(firstStale);
  }

  /** The names of the browser's attempt cookies, newest first; those that can't be decrypted come last. */
  private cookiesOf(request: FastifyRequest): string[] {
    const { name: prefix } = this.cookieFor('');
    const names = Object.keys(request.cookies).filter((name) => name.startsWith(prefix));
    const ages = new Map(names.map((name) => [name, this.attemptIn(request, name)?.expiresAt ?? 0]));
    return names.sort((one, other) => (ages.get(other) ?? 0) - (ages.get(one) ?? 0));
  }

  private attemptIn(request: FastifyRequest, name: string): LoginAttempt | undefined {
    const kept = this.cookieIn(request, name);
    return kept && 'state' in kept ? kept : undefined;
  }

  private cookieIn(request: FastifyRequest, name: string): LoginAttempt | UsedAttempt | undefined {
    try {
      const opened = this.installation.cipher.open(request.cookies[name] ?? '', sealingContext(name));
      return JSON.parse(opened) as LoginAttempt | UsedAttempt;
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

/** The refusal of an attempt that this browser did begin: the audit log tells why it is over. */
function attemptOver(why: string): LoginAttemptUnknown {
  return new LoginAttemptUnknown(why, why);
}

function sealingContext(cookie: string) {
  return { table: 'cookie', column: 'login-attempt', row: cookie };
}

/** The length of a cookie in the Cookie header (RFC 6265, section 4.2.1). */
function sizeOf(name: string, value: string): number {
  return `${name}=${value}; `.length;
}
