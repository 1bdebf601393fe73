import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createHash } from 'node:crypto';
import passport from 'passport';
import { Strategy } from 'passport-openidconnect';
import type { HttpExchange } from '../../access/access.decorators.js';
import { newId } from '../../common/persistence/ids.js';
import { OIDC_CALLBACK_PATH } from '../../config/public-urls.js';
import { safeReturnPath } from '../../http/safe-return-path.js';
import { ProviderLogouts } from '../../provider-logouts/provider-logouts.service.js';
import { CurrentProvider } from '../current-provider.service.js';
import { SettingsService } from '../../settings/settings.service.js';
import { LoginAttempt, LoginAttempts } from './login-attempts.service.js';
import { LoginAttemptUnknown } from './login.errors.js';
import { providerSessionOf, ProviderLogin } from '../../grants/provider-login.js';

/** The parent wants these at the start; ours come from the settings in force, at each request. */
const NOT_YET = 'https://not-configured.invalid';

/** What the guard hands over with each request. */
export interface OidcAuthenticateOptions {
  readonly exchange: HttpExchange;
}

interface RedirectOptions {
  readonly callbackURL: string;
  readonly scope?: string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The login at the provider by redirect (OpenID Connect Core 1.0, section 3.1). The parent builds the redirect, from the
 * provider that the settings name at that moment and from our own state, nonce and PKCE challenge. Its handling of the
 * answer, which trusts unsigned tokens, is replaced by our provider client.
 */
@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly attempts: LoginAttempts,
    private readonly logouts: ProviderLogouts,
    private readonly settings: SettingsService,
  ) {
    const endpoints = { issuer: NOT_YET, authorizationURL: NOT_YET, tokenURL: NOT_YET, userInfoURL: NOT_YET };
    super({ ...endpoints, clientID: 'not-configured', clientSecret: '', callbackURL: NOT_YET });
    // Passport is one for the whole process; each application in it has a strategy of its own.
    this.name = `oidc-${newId()}`;
    passport.use(this);
  }

  /** Passport calls this on an object of its own for every request, so that two people at once are never mixed up. */
  override authenticate(_request: unknown, options: unknown): void {
    const { exchange } = options as OidcAuthenticateOptions;
    const isAnswer = exchange.request.routeOptions.url === OIDC_CALLBACK_PATH;
    const step = isAnswer ? this.validate(exchange).then((login) => this.success(login)) : this.begin(exchange);
    step.catch((error: Error) => this.error(error));
  }

  /**
   * What the provider vouches for in its answer.
   *
   * @throws {LoginAttemptUnknown} where this browser did not begin the login, or the settings are others by now
   * @throws {LoggedOutMeanwhile} where the provider has told of a logout that ends this login
   * @throws {ProviderUnavailable} {@link ProviderError} where the provider is silent, refuses, or can't be trusted
   */
  async validate(exchange: HttpExchange): Promise<ProviderLogin> {
    const { state } = exchange.request.query as { state?: unknown };
    const attempt = await this.attempts.take(exchange, state);
    this.demandProviderOf(attempt);
    const client = await this.provider.client();
    const { profile, tokens } = await client.exchange(answerOf(exchange), attempt);
    // The provider was waited for: what comes now is decided on the settings of after.
    await this.settings.catchUp();
    this.demandProviderOf(attempt);
    const { returnTo, begunAt } = attempt;
    const login = { profile, tokens, clientId: client.clientId, returnTo, begunAt: new Date(begunAt) };
    await this.logouts.refuseEnded(providerSessionOf(login));
    return login;
  }

  private demandProviderOf({ provider }: LoginAttempt): void {
    if (provider !== this.provider.fingerprint()) throw new LoginAttemptUnknown('another provider by now');
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
    // The parent adds openid itself.
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
    const nothingAnswered = { query: {} } as Parameters<Strategy['authenticate']>[0];
    super.authenticate(nothingAnswered, options);
  }
}

/** The answer of the provider as the router has read it: the text of the target may spell it in other ways. */
function answerOf({ request }: HttpExchange): URL {
  const parameters = Object.entries(request.query as Readonly<Record<string, string | string[]>>);
  const url = new URL(OIDC_CALLBACK_PATH, 'http://this.invalid');
  for (const [name, values] of parameters) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  return url;
}
