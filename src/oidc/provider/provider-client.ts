import { decodeJwt, decodeProtectedHeader } from 'jose';
import { authorizationCodeGrant, CustomFetch, ServerMetadata } from 'openid-client';
import { parametersByName, RequestParameters } from '../../common/network/request-parameters.js';
import { Clock } from '../../common/runtime/clock.js';
import { authorizationRefusal } from './authorization-answer.js';
import { BoundedFetch, boundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims } from './claim-paths.js';
import { groupsProblemIn, profileFrom, VerifiedProfile } from './claims.js';
import { credentialsAt } from './client-assertion.js';
import { shortMemory } from './authentication-memory.js';
import { CodeExchange } from './code-exchange.js';
import { configurationAt } from './client-configuration.js';
import { discover } from './discover.js';
import { asProviderFailure } from './provider-failure.js';
import { checkedMetadata, ProviderMetadata } from './provider-metadata.js';
import { ProviderSettings } from './provider-settings.js';
import { PushedRequests } from './pushed-request.js';
import { RefreshAnswer, UnverifiedTokens } from './refresh-answer.js';
import { askForRefresh, RefreshedTokens } from './refresh-exchange.js';
import { groupsAfterRefresh } from './refresh-userinfo.js';
import { answersWithKeys } from './key-set-answer.js';
import { isPushing, LoginRequest, plainLoginUrl, pushedLoginUrl } from './login-request.js';
import { LOGOUT_TOKEN_CLAIMS, LogoutNotice, logoutNoticeOf } from './logout-token.js';
import { LogoutTokenRefused, ProviderError, ProviderUnavailable } from './provider.errors.js';
import { formOf, idTokenFault } from './member-fault.js';
import { secretsOf } from './secret-parts.js';
import { ID_TOKEN_CLAIMS, SigningKeys } from './signing-keys.js';
import { TokenClient, TokenEndpoint } from './token-endpoint.js';
import { demandOwner, refreshedTokenFailure } from './unclear-tokens.js';
import { RevocableTokens, revokeTokens, RevocationOutcome } from './token-revocation.js';
import { askUserinfo, claimsForLogin, UserinfoAnswer } from './userinfo.js';

/** The last second of the year 9999: later ones can't be stored. */
const LAST_SECOND = 253_402_300_799;
const LONGEST_LIFE_SECONDS = 10 * 365 * 86_400;

/** The values of a login attempt that the callback is checked against. */
export interface LoginChecks {
  readonly state: string;
  readonly nonce: string;
  readonly pkceVerifier: string;
  /** Hears of the tokens before they are verified; whoever gives it revokes those of an exchange that fails. */
  readonly noteTokens?: (tokens: RevocableTokens) => void;
}

/** The tokens of a login, in plain text: they must be sealed before they are stored. */
export interface ProviderTokens {
  readonly idToken: string;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** When they were verified, by our clock. */
  readonly verifiedAt: Date;
  /** The ID token's `exp`. */
  readonly expiresAt: Date;
  /** The provider's session id (`sid`); null if the provider sends none. */
  readonly sessionId: string | null;
  /** Whether `offline_access` was granted (OIDC Core 1.0, section 11); without a refresh token, whether it was asked for. */
  readonly isOffline: boolean;
}

/** The claims of a login by where they came from; null: userinfo was not used. */
export interface LoginClaims {
  readonly idToken: Claims;
  readonly userinfo: Claims | null;
}

/** The result of a verified login. */
export interface VerifiedLogin {
  readonly tokens: ProviderTokens;
  readonly profile: VerifiedProfile;
  /** The verified claims, of which the profile was made. */
  readonly claims: LoginClaims;
  /** Why userinfo could not be used, for the log; null if it was used, or not asked. */
  readonly userinfoFailure: string | null;
  /** What of the groups could not be taken as it was sent, for the log; null if nothing. */
  readonly groupsProblem: string | null;
}

/** Speaks OpenID Connect to one provider, with fixed settings and a fixed discovery document. */
export class ProviderClient {
  readonly #keys: SigningKeys;
  readonly #tokens: TokenEndpoint;
  readonly #codes: CodeExchange;
  readonly #pushed: PushedRequests | null;
  readonly #revocation: TokenEndpoint | null;

  private constructor(
    private readonly settings: ProviderSettings,
    private readonly clock: Clock,
    private readonly connections: BoundedFetch,
    private readonly document: ServerMetadata,
    /** The parts of the discovery document that are used. */
    readonly metadata: ProviderMetadata,
  ) {
    this.#keys = new SigningKeys(metadata, connections, clock);
    const { token_endpoint: url, token_endpoint_auth_methods_supported: published } = metadata;
    const memory = settings.authentication ?? shortMemory();
    const client = tokenClientOf(settings, metadata, clock);
    const endpointAt = (at: string) => new TokenEndpoint(at, published, client, memory, connections);
    this.#tokens = endpointAt(url);
    this.#codes = new CodeExchange(this.#tokens, connections);
    const { pushed_authorization_request_endpoint: pushedTo, revocation_endpoint: revokedAt } = metadata;
    this.#revocation = revokedAt === null ? null : endpointAt(revokedAt);
    const means = { scopes: settings.scopes, secrets: secretsOf(settings.clientId, settings.clientSecret) };
    this.#pushed = pushedTo === null ? null : new PushedRequests(endpointAt(pushedTo), means);
  }

  /**
   * Fetches the provider's discovery document and checks it. Throws {@link ProviderUnavailable} or {@link ProviderError}.
   *
   * @param deadlineMs the deadline of each exchange with the provider, in milliseconds
   */
  static async connect(
    settings: ProviderSettings,
    clock: Clock,
    deadlineMs = EXCHANGE_DEADLINE_MS,
  ): Promise<ProviderClient> {
    const connections = boundedFetch({ ...settings, deadlineMs });
    try {
      const document = await discover(settings, connections);
      const metadata = checkedMetadata(document, settings.issuer);
      return new ProviderClient(settings, clock, connections, document, metadata);
    } catch (error) {
      void connections.close();
      throw asProviderFailure(error);
    }
  }

  /** The URL to which the browser is sent to log in. */
  get authorizationUrl(): string {
    return this.metadata.authorization_endpoint;
  }

  /** The redirect URI, to which the provider sends the browser back. */
  get redirectUri(): string {
    return this.settings.redirectUri;
  }

  /** The client id with which Mooring is registered at the provider. */
  get clientId(): string {
    return this.settings.clientId;
  }

  /** The scopes that are asked for, including `openid`. */
  get scopes(): readonly string[] {
    return this.settings.scopes;
  }

  /**
   * The parameters of the redirect in addition to those of plain OAuth: nonce (OIDC Core 1.0, section 3.1.2.1), PKCE with
   * S256 (RFC 7636, section 4.3), and the extra parameters from the settings, which can't replace those.
   */
  authorizationParameters(attempt: { nonce: string; codeChallenge: string }): RequestParameters {
    return {
      ...parametersByName(this.settings.extraRedirectParameters),
      nonce: attempt.nonce,
      code_challenge: attempt.codeChallenge,
      code_challenge_method: 'S256',
    };
  }

  /** Whether logins push their requests to the provider before the redirect (RFC 9126). */
  get isPushing(): boolean {
    return isPushing(this.settings, this.metadata);
  }

  /** Pushes the request of a login, once, and returns the URL to which the browser is sent. Throws as {@link pushedLoginUrl}. */
  pushedLoginUrl(request: LoginRequest): Promise<string> {
    return pushedLoginUrl(request, this.settings, this.authorizationUrl, this.#pushed);
  }

  /** The URL to which the browser is sent with the request of a login; pushes it where that is wanted. Throws as {@link pushedLoginUrl}. */
  async loginUrl(request: LoginRequest): Promise<string> {
    return this.isPushing ? this.pushedLoginUrl(request) : plainLoginUrl(request, this.settings, this.authorizationUrl);
  }

  /**
   * Exchanges the code of a callback for tokens and a profile. Only the query of `callbackUrl` counts, not its host, which
   * a proxy may have changed. State, `iss` (RFC 9207), nonce, PKCE, the ID token with its signature, and the subject of
   * userinfo are all checked. If userinfo can't be used, the ID token decides. Throws {@link ProviderUnavailable} or
   * {@link ProviderError}, or the refusal of {@link authorizationRefusal} if the callback brings an error.
   */
  async exchange(callbackUrl: URL, checks: LoginChecks): Promise<VerifiedLogin> {
    try {
      return await this.exchangeAndVerify(callbackUrl, checks);
    } catch (error) {
      throw authorizationRefusal(error, this.scopes, this.settings.noteRefusedRequest) ?? asProviderFailure(error);
    }
  }

  /** The provider's issuer. */
  get issuer(): string {
    return this.metadata.issuer;
  }

  /** Whether the provider answers with a key set now; nothing of it is kept. */
  hasKeys(deadlineMs: number): Promise<boolean> {
    return answersWithKeys(this.metadata.jwks_uri, this.connections, deadlineMs);
  }

  /** Sends a refresh token once (RFC 6749, section 6). Never throws: every failure of the provider is an answer. */
  refresh(refreshToken: string): Promise<RefreshAnswer> {
    return askForRefresh(refreshToken, this.#tokens);
  }

  /**
   * Verifies the tokens of a refresh: an ID token must have the issuer and subject of the previous one, and our client id
   * as audience (OIDC Core 1.0, section 12.2). {@link groupsAfterRefresh} says when userinfo is asked, and what its failure
   * means. Throws {@link UnclearTokens} for tokens of another person or client, {@link ProviderUnavailable} or
   * {@link ProviderError} for every other failure.
   *
   * @param isForeign whether the refresh token came in an answer about another person
   */
  async verifyRefreshed(
    { idToken, accessToken, expiresIn }: UnverifiedTokens,
    idTokenBefore: string,
    isForeign = false,
  ): Promise<RefreshedTokens> {
    if (idToken === null && accessToken === null) {
      throw new ProviderError(undefined, 'an answer without ID token and access token');
    }
    const subject = subjectOf(idTokenBefore);
    try {
      await this.#tokens.noted();
      const claims = idToken === null ? null : await this.claimsOf(idToken);
      if (claims) demandOwner(claims, subject, this.clientId);
      const ask = () => this.userinfo(accessToken, subject);
      const told = await groupsAfterRefresh(claims, { subject, isForeign }, this.settings, ask);
      const inSeconds =
        expiresIn === null ? null : this.clock.secondsFromNow(Math.min(expiresIn, LONGEST_LIFE_SECONDS));
      return { idToken, accessToken, expiresAt: claims ? new Date(claims.exp * 1000) : inSeconds, ...told };
    } catch (error) {
      throw refreshedTokenFailure(error, subject);
    }
  }

  /** Asks userinfo with the stored tokens of a person, whose subject is in the ID token; a failure of the provider is an answer. */
  async askUserinfo(tokens: { readonly idToken: string; readonly accessToken: string }): Promise<UserinfoAnswer> {
    return this.userinfo(tokens.accessToken, subjectOf(tokens.idToken));
  }

  /**
   * Verifies a logout token as an ID token is verified (OpenID Connect Back-Channel Logout 1.0, section 2.6). The caller
   * checks whether it was used before. Throws {@link LogoutTokenRefused}, or {@link ProviderUnavailable} if the keys can't
   * be fetched.
   */
  async verifyLogoutToken(token: string): Promise<LogoutNotice> {
    const at = this.clock.now();
    const claims = await this.verify(token, LOGOUT_TOKEN_CLAIMS, at, false).catch((error: unknown) => {
      const failure = asProviderFailure(error);
      if (failure instanceof ProviderUnavailable) throw failure;
      throw new LogoutTokenRefused('its signature, issuer, audience or times are not valid');
    });
    return logoutNoticeOf(claims, decodeProtectedHeader(token).typ, at);
  }

  /** Revokes the tokens of a login that nobody keeps (RFC 7009). Never throws: a provider that fails is an outcome. */
  revoke(tokens: RevocableTokens): Promise<RevocationOutcome> {
    return revokeTokens(tokens, this.#revocation);
  }

  /** Closes the connections when their current requests are done; an exchange under way is not disturbed. */
  async close(): Promise<void> {
    await this.#tokens.noted();
    await this.connections.close();
  }

  private async exchangeAndVerify(callbackUrl: URL, checks: LoginChecks): Promise<VerifiedLogin> {
    const send: CustomFetch = (url, request) => this.#codes.send(url, request, checks.noteTokens);
    const configuration = configurationAt(this.clock, this.document, this.clientId, send);
    const returned = new URL(this.settings.redirectUri);
    returned.search = callbackUrl.search;
    const answer = await authorizationCodeGrant(configuration, returned, {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.pkceVerifier,
      idTokenExpected: true,
    });
    const idToken = String(answer.id_token);
    const claims = await this.claimsOf(idToken);
    const accessToken = answer.access_token || null;
    const refreshToken = answer.refresh_token || null;
    const userinfo = await this.userinfo(accessToken, String(claims.sub));
    const times = { verifiedAt: this.clock.now(), expiresAt: new Date(claims.exp * 1000) };
    const scopes = refreshToken === null ? this.scopes : this.grantedScopes(answer.scope);
    const isOffline = scopes.includes('offline_access');
    const sessionId = typeof claims.sid === 'string' && claims.sid !== '' ? claims.sid : null;
    return {
      tokens: { idToken, accessToken, refreshToken, ...times, sessionId, isOffline },
      profile: profileFrom(claims, claimsForLogin(userinfo), this.settings),
      claims: { idToken: claims, userinfo: userinfo.claims },
      userinfoFailure: userinfo.failure,
      groupsProblem: groupsProblemIn(claims, userinfo.claims, this.settings),
    };
  }

  // RFC 6749, section 5.1: a provider that grants all requested scopes need not list them.
  private grantedScopes(scope: string | undefined): readonly string[] {
    return scope?.split(' ') ?? this.scopes;
  }

  private async claimsOf(idToken: string): Promise<Claims & { readonly exp: number }> {
    const claims = await this.verify<{ readonly exp: number }>(idToken, ID_TOKEN_CLAIMS, this.clock.now(), true);
    if (claims.sub === '') throw idTokenFault('sub', 'is empty');
    if (typeof claims.sub !== 'string') throw idTokenFault('sub', `is ${formOf(claims.sub)}, not a text`);
    return { ...claims, exp: Math.min(claims.exp, LAST_SECOND) };
  }

  private verify<T extends Claims>(token: string, claims: readonly string[], at: Date, mayWait: boolean) {
    const { issuer } = this.metadata;
    return this.#keys.claimsOf<T>(token, { issuer, audience: this.clientId, at, claims, mayWait });
  }

  private userinfo(accessToken: string | null, subject: string): Promise<UserinfoAnswer> {
    const verification = { keys: this.#keys, clientId: this.clientId, at: this.clock.now() };
    return askUserinfo(accessToken, subject, this.metadata, this.connections, verification);
  }
}

function tokenClientOf(settings: ProviderSettings, metadata: ProviderMetadata, clock: Clock): TokenClient {
  const { clientAuthentication: chosen = 'automatic' } = settings;
  return { ...credentialsAt(settings, metadata, clock), method: chosen === 'automatic' ? null : chosen };
}

/** The subject of a stored ID token, which was verified before. */
function subjectOf(idToken: string): string {
  try {
    return String(decodeJwt(idToken).sub);
  } catch (error) {
    throw asProviderFailure(error);
  }
}
