import { Injectable, Logger } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy } from 'passport-openidconnect';
import type { HttpExchange } from '../../access/access.decorators.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { RequestParameters } from '../../common/network/request-parameters.js';
import { newId } from '../../common/persistence/ids.js';
import { OIDC_CALLBACK_PATH } from '../../config/public-urls.js';
import type { ProviderLogin } from '../../grants/index.js';
import { beginsAgain } from '../index.js';
import { ConsentRounds, ConsentStarts, ROUND_PARAMETER } from '../consent/index.js';
import { AttemptMarks, LoginAttempt, LoginAttempts } from './login-attempts.service.js';
import { LoginRequests } from './login-requests.service.js';
import { LoginVerification } from './login-verification.service.js';

/** The parent class needs endpoints at the start; ours come from the settings, at each request. */
const PLACEHOLDER = 'https://not-configured.invalid';

/** What the guard passes with each request. */
export interface OidcAuthenticateOptions {
  readonly exchange: HttpExchange;
}

interface LoginQuery {
  readonly redirect_url?: unknown;
  readonly state?: unknown;
  readonly [ROUND_PARAMETER]?: unknown;
}

interface RedirectOptions {
  readonly callbackURL: string;
  readonly scope?: string[];
  readonly parameters: RequestParameters;
}

/**
 * The authorization code flow (OpenID Connect Core 1.0, section 3.1). The parent class builds the redirect, from the
 * settings in force and our own state, nonce and PKCE challenge; one whose request was pushed (RFC 9126) comes from our provider client. Its handling of the callback, which trusts unsigned tokens,
 * is replaced by our provider client.
 */
@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy) {
  private readonly logger = new Logger(OidcStrategy.name);

  constructor(
    private readonly requests: LoginRequests,
    private readonly attempts: LoginAttempts,
    private readonly verification: LoginVerification,
    private readonly starts: ConsentStarts,
    private readonly rounds: ConsentRounds,
  ) {
    const endpoints = {
      issuer: PLACEHOLDER,
      authorizationURL: PLACEHOLDER,
      tokenURL: PLACEHOLDER,
      userInfoURL: PLACEHOLDER,
    };
    super({ ...endpoints, clientID: 'not-configured', clientSecret: '', callbackURL: PLACEHOLDER });
    // Passport is global in the process; each application in it registers a strategy of its own.
    this.name = `oidc-${newId()}`;
    passport.use(this);
  }

  /** Passport calls this on a new object for every request, so concurrent requests are never mixed up. */
  override authenticate(_request: unknown, options: unknown): void {
    const { exchange } = options as OidcAuthenticateOptions;
    const isAnswer = exchange.request.routeOptions.url === OIDC_CALLBACK_PATH;
    const step = isAnswer ? this.finish(exchange) : this.start(exchange);
    step.catch((error: Error) => this.error(error));
  }

  override authorizationParams(options: RedirectOptions): object {
    return options.parameters;
  }

  /**
   * Verifies the tokens of a login.
   *
   * @throws {LoginAttemptUnknown} if this browser did not begin the login
   * @throws the errors of {@link LoginVerification.verify}
   */
  async validate(exchange: HttpExchange): Promise<ProviderLogin> {
    return this.verification.verify(exchange, await this.take(exchange));
  }

  /** Sends the browser to the provider: for a login, or for the round that follows one. */
  private async start(exchange: HttpExchange): Promise<void> {
    const { redirect_url: wanted, [ROUND_PARAMETER]: session } = exchange.request.query as LoginQuery;
    const returnTo = this.attempts.returnPathOf(wanted);
    if (session === undefined) return this.begin(exchange, returnTo);
    const consent = await this.starts.take(exchange.request, session);
    if (!consent) return this.redirect(returnTo);
    const path = await this.rounds.unlessFailed(exchange, { consent, returnTo }, () =>
      this.begin(exchange, returnTo, { consent }),
    );
    if (path !== null) this.redirect(path);
  }

  /** Logs in, or ends the round that follows a login; after it, the same answer leads to where it led. */
  private async finish(exchange: HttpExchange): Promise<void> {
    const { state } = exchange.request.query as LoginQuery;
    const ledTo = this.attempts.ledTo(exchange, state);
    if (ledTo !== null && exchange.request.principal?.kind === 'user') return this.redirect(ledTo);
    const { consent, returnTo } = this.attempts.presented(exchange, state) ?? {};
    if (consent === undefined || returnTo === undefined) return this.logIn(exchange);
    this.redirect(await this.rounds.finish(exchange, { consent, returnTo }, () => this.validate(exchange)));
  }

  private async logIn(exchange: HttpExchange): Promise<void> {
    const attempt = await this.take(exchange);
    const outcome = await this.verification.verify(exchange, attempt).catch((error: unknown) => {
      if (!beginsAgain(error, attempt)) throw error;
      return error as DomainError;
    });
    if (!(outcome instanceof DomainError)) return this.success(outcome);
    this.logger.warn({ reason: outcome.name, detail: outcome.detail }, 'A login failed and began again by itself.');
    return this.begin(exchange, attempt.returnTo, { isRestarted: true });
  }

  private take(exchange: HttpExchange): Promise<LoginAttempt> {
    return this.attempts.take(exchange, (exchange.request.query as LoginQuery).state);
  }

  private async begin(exchange: HttpExchange, returnTo: string, marks: AttemptMarks = {}): Promise<void> {
    const { client, state, parameters, pushedUrl } = await this.requests.begin(exchange, returnTo, marks);
    if (pushedUrl !== null) return this.redirect(pushedUrl);
    // The parent class adds openid itself.
    const scopes = client.scopes.filter((scope: string) => scope !== 'openid');
    const scope = scopes.length > 0 ? scopes : undefined;
    const options: RedirectOptions = { callbackURL: client.redirectUri, scope, parameters };
    Object.assign(this, {
      _oauth2: { _authorizeUrl: client.authorizationUrl, _clientId: client.clientId },
      _stateStore: { store: (...all: unknown[]) => (all.at(-1) as (error: null, state: string) => void)(null, state) },
    });
    const requestWithoutAnswer = { query: {} } as Parameters<Strategy['authenticate']>[0];
    super.authenticate(requestWithoutAnswer, options);
  }
}
