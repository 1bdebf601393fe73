import { Injectable, Logger } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createHash } from 'node:crypto';
import passport from 'passport';
import { Strategy } from 'passport-openidconnect';
import type { HttpExchange } from '../../access/access.decorators.js';
import { newId } from '../../common/persistence/ids.js';
import { OIDC_CALLBACK_PATH } from '../../config/public-urls.js';
import { safeReturnPath } from '../../http/index.js';
import { ProviderLogouts } from '../../provider-logouts/index.js';
import { CurrentProvider } from '../index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { LoginAttempt, LoginAttempts } from './login-attempts.service.js';
import { LoginAttemptUnknown } from './login.errors.js';
import { ProviderLogin, providerSessionOf } from '../../grants/index.js';

/** The parent class needs endpoints at the start; ours come from the settings, at each request. */
const PLACEHOLDER = 'https://not-configured.invalid';

/** What the guard passes with each request. */
export interface OidcAuthenticateOptions {
  readonly exchange: HttpExchange;
}

interface RedirectOptions {
  readonly callbackURL: string;
  readonly scope?: string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The authorization code flow (OpenID Connect Core 1.0, section 3.1). The parent class builds the redirect, from the
 * settings in force and our own state, nonce and PKCE challenge. Its handling of the callback, which trusts unsigned tokens,
 * is replaced by our provider client.
 */
@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy) {
  private readonly logger = new Logger(OidcStrategy.name);

  constructor(
    private readonly provider: CurrentProvider,
    private readonly attempts: LoginAttempts,
    private readonly logouts: ProviderLogouts,
    private readonly settings: SettingsService,
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
    const step = isAnswer ? this.validate(exchange).then((login) => this.success(login)) : this.begin(exchange);
    step.catch((error: Error) => this.error(error));
  }

  /**
   * Verifies the callback: consumes the login attempt, exchanges the code, and verifies the tokens.
   *
   * @throws {LoginAttemptUnknown} if this browser did not begin the login, or the provider was replaced in the settings
   * @throws {LoggedOutMeanwhile} if the provider reported a logout that ends this login
   * @throws {ProviderUnavailable} if the provider did not answer
   * @throws {ProviderError} if the provider refused the exchange, or its answer is not valid
   */
  async validate(exchange: HttpExchange): Promise<ProviderLogin> {
    const { state } = exchange.request.query as { state?: unknown };
    const attempt = await this.attempts.take(exchange, state);
    this.demandProviderOf(attempt);
    const client = await this.provider.client();
    const { profile, tokens, userinfoFailure } = await client.exchange(answerOf(exchange), attempt);
    if (userinfoFailure !== null) {
      this.logger.warn({ detail: userinfoFailure }, 'Userinfo could not be used at a login; the ID token decided.');
    }
    // Settings may have changed during the wait for the provider: the new ones decide.
    await this.settings.catchUp();
    this.demandProviderOf(attempt);
    const { returnTo, begunAt } = attempt;
    const login = { profile, tokens, clientId: client.clientId, returnTo, begunAt: new Date(begunAt) };
    await this.logouts.refuseEnded(providerSessionOf(login));
    return login;
  }

  private demandProviderOf({ provider }: LoginAttempt): void {
    if (provider !== this.provider.fingerprint())
      throw new LoginAttemptUnknown('the provider was replaced in the settings');
  }

  override authorizationParams(options: RedirectOptions): object {
    return options.parameters;
  }

  private async begin(exchange: HttpExchange): Promise<void> {
    const client = await this.provider.client();
    const { redirect_url: wanted } = exchange.request.query as { redirect_url?: unknown };
    const returnTo = safeReturnPath(typeof wanted === 'string' ? wanted : undefined);
    const { state, nonce, pkceVerifier } = this.attempts.begin(exchange, this.provider.fingerprint(), returnTo);
    const codeChallenge = createHash('sha256').update(pkceVerifier).digest('base64url');
    // The parent class adds openid itself.
    const scopes = client.scopes.filter((scope: string) => scope !== 'openid');
    const options: RedirectOptions = {
      callbackURL: this.provider.redirectUri,
      scope: scopes.length > 0 ? scopes : undefined,
      parameters: client.authorizationParameters({ nonce, codeChallenge }),
    };
    Object.assign(this, {
      _oauth2: { _authorizeUrl: client.authorizationUrl, _clientId: client.clientId },
      _stateStore: { store: (...all: unknown[]) => (all.at(-1) as (error: null, state: string) => void)(null, state) },
    });
    const requestWithoutAnswer = { query: {} } as Parameters<Strategy['authenticate']>[0];
    super.authenticate(requestWithoutAnswer, options);
  }
}

/** The callback's query as the router has parsed it, because the raw request target may be spelled in other ways. */
function answerOf({ request }: HttpExchange): URL {
  const parameters = Object.entries(request.query as Readonly<Record<string, string | string[]>>);
  const url = new URL(OIDC_CALLBACK_PATH, 'http://this.invalid');
  for (const [name, values] of parameters) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  return url;
}
