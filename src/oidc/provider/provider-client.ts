import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  clockSkew,
  clockTolerance,
  Configuration,
  customFetch,
  fetchUserInfo,
  ServerMetadata,
  skipSubjectCheck,
} from 'openid-client';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch, boundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims, profileFrom, VerifiedProfile } from './claims.js';
import { clientAuthentication } from './client-authentication.js';
import { discovered } from './discovered.js';
import { asProviderFailure } from './provider-failure.js';
import { checkedMetadata, isPlainLoopback, ProviderMetadata } from './provider-metadata.js';
import { ProviderSettings } from './provider-settings.js';
import { RefreshAnswer, UnverifiedTokens } from './refresh-answer.js';
import {
  askForGroups,
  askForRefresh,
  GROUPS_DEADLINE_MS,
  refreshedProfile,
  RefreshedTokens,
} from './refresh-exchange.js';
import { LOGOUT_TOKEN_CLAIMS, LogoutNotice, logoutNoticeOf } from './logout-token.js';
import { LogoutTokenRefused, ProviderUnavailable } from './provider.errors.js';
import { CLOCK_TOLERANCE_SECONDS, ID_TOKEN_CLAIMS, SigningKeys } from './signing-keys.js';

/** What was made for one login attempt and must come back unchanged. */
export interface LoginChecks {
  readonly state: string;
  readonly nonce: string;
  readonly pkceVerifier: string;
}

/** The tokens of one login, in clear: they must be sealed before they are stored. */
export interface ProviderTokens {
  readonly idToken: string;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** When the provider vouched for them, by our clock. */
  readonly verifiedAt: Date;
  /** The ID token's `exp`. */
  readonly expiresAt: Date;
  /** The session at the provider, by its name for it; null where it does not say. */
  readonly sessionId: string | null;
  /** Whether the refresh token was granted for when the person is away (OIDC Core 1.0, section 11). */
  readonly isOffline: boolean;
}

/** What a login gave. */
export interface VerifiedLogin {
  readonly tokens: ProviderTokens;
  readonly profile: VerifiedProfile;
}

/** Speaks OpenID Connect to one provider, with the settings and the discovery document of one moment. */
export class ProviderClient {
  readonly #keys: SigningKeys;

  private constructor(
    private readonly settings: ProviderSettings,
    private readonly clock: Clock,
    private readonly connections: BoundedFetch,
    private readonly document: ServerMetadata,
    /** What the provider publishes, as far as it is used. */
    readonly metadata: ProviderMetadata,
  ) {
    this.#keys = new SigningKeys(metadata, connections, clock);
  }

  /**
   * Reads the provider's discovery document and checks it. `deadlineMs` bounds each exchange with the provider. Throws
   * {@link ProviderUnavailable} or {@link ProviderError}.
   */
  static async connect(
    settings: ProviderSettings,
    clock: Clock,
    deadlineMs = EXCHANGE_DEADLINE_MS,
  ): Promise<ProviderClient> {
    const connections = boundedFetch({ ...settings, deadlineMs });
    try {
      const document = await discovered(settings, connections);
      const metadata = checkedMetadata(document, settings.issuer);
      return new ProviderClient(settings, clock, connections, document, metadata);
    } catch (error) {
      void connections.close();
      throw asProviderFailure(error);
    }
  }

  /** Where the browser is sent to log in. */
  get authorizationUrl(): string {
    return this.metadata.authorization_endpoint;
  }

  /** Where the provider sends the browser back to. */
  get redirectUri(): string {
    return this.settings.redirectUri;
  }

  /** The id with which we are registered at the provider. */
  get clientId(): string {
    return this.settings.clientId;
  }

  /** The scopes that are asked for, `openid` among them. */
  get scopes(): readonly string[] {
    return this.settings.scopes;
  }

  /**
   * What the redirect to the provider carries beside the parameters of plain OAuth: nonce (OIDC Core 1.0, section
   * 3.1.2.1), PKCE with S256 (RFC 7636, section 4.3), and the extra parameters of the settings, which can't replace those.
   */
  authorizationParameters(attempt: { nonce: string; codeChallenge: string }): Record<string, string> {
    const extra = this.settings.extraRedirectParameters.map(({ name, value }) => [name, value] as const);
    return {
      ...Object.fromEntries(extra),
      nonce: attempt.nonce,
      code_challenge: attempt.codeChallenge,
      code_challenge_method: 'S256',
    };
  }

  /**
   * Turns the browser's return from the provider into tokens and a profile. Only the query of `callbackUrl` counts: what a
   * proxy made of its host does not. State, `iss` (RFC 9207), nonce, PKCE, the ID token with its signature, and the
   * subject of userinfo are all checked. Throws {@link ProviderUnavailable} or {@link ProviderError}.
   */
  async exchange(callbackUrl: URL, checks: LoginChecks): Promise<VerifiedLogin> {
    try {
      return await this.verifiedLogin(callbackUrl, checks);
    } catch (error) {
      throw asProviderFailure(error);
    }
  }

  /** The issuer that this client speaks to. */
  get issuer(): string {
    return this.metadata.issuer;
  }

  /** Uses a refresh token once (RFC 6749, section 6). Never throws for what the provider does or leaves undone. */
  refresh(refreshToken: string): Promise<RefreshAnswer> {
    return askForRefresh(refreshToken, this.settings, this.metadata, this.connections);
  }

  /**
   * Verifies what a refresh gave: an ID token must have the issuer and subject of the one before and be meant for us (OIDC Core 1.0,
   * section 12.2). Groups that no ID token tells of are looked for in userinfo; where that fails they are not known. Throws
   * {@link ProviderUnavailable} or {@link ProviderError}.
   */
  async verifyRefreshed(refreshed: UnverifiedTokens, idTokenBefore: string): Promise<RefreshedTokens> {
    const { idToken, accessToken, expiresIn } = refreshed;
    try {
      const subject = String(decodeJwt(idTokenBefore).sub);
      const claims = idToken === null ? null : await this.claimsOf(idToken);
      const ask = () => this.userinfo(this.configurationOfNow(GROUPS_DEADLINE_MS), accessToken, skipSubjectCheck);
      const { userinfo, groupsFailure } = await askForGroups(claims, this.settings, ask);
      const inSeconds = expiresIn === null ? null : this.clock.secondsFromNow(expiresIn);
      const expiresAt = claims ? new Date(claims.exp * 1000) : inSeconds;
      const profile = refreshedProfile(subject, claims, userinfo, this.settings);
      return { idToken, accessToken, expiresAt, ...profile, groupsFailure };
    } catch (error) {
      throw asProviderFailure(error);
    }
  }

  /**
   * What a logout token tells (OpenID Connect Back-Channel Logout 1.0, section 2.6); it is verified as an ID token is.
   * Whether it was used before is for the caller to know. Throws {@link LogoutTokenRefused}, or
   * {@link ProviderUnavailable} where the keys can't be had.
   */
  async verifyLogoutToken(token: string): Promise<LogoutNotice> {
    const at = this.clock.now();
    const claims = await this.verified(token, LOGOUT_TOKEN_CLAIMS, at).catch((error: unknown) => {
      const failure = asProviderFailure(error);
      if (failure instanceof ProviderUnavailable) throw failure;
      throw new LogoutTokenRefused('its signature, issuer, audience or times are not right');
    });
    return logoutNoticeOf(claims, decodeProtectedHeader(token).typ, at);
  }

  /** Ends the connections once nothing runs on them; an exchange that is under way is not disturbed. */
  async close(): Promise<void> {
    await this.connections.close();
  }

  private async verifiedLogin(callbackUrl: URL, checks: LoginChecks): Promise<VerifiedLogin> {
    const configuration = this.configurationOfNow();
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
    const userinfo = await this.userinfo(configuration, accessToken, String(claims.sub));
    const times = { verifiedAt: this.clock.now(), expiresAt: new Date(claims.exp * 1000) };
    const isOffline = refreshToken !== null && this.grantedScopes(answer.scope).includes('offline_access');
    const sessionId = typeof claims.sid === 'string' && claims.sid !== '' ? claims.sid : null;
    return {
      tokens: { idToken, accessToken, refreshToken, ...times, sessionId, isOffline },
      profile: profileFrom(claims, userinfo, this.settings),
    };
  }

  // RFC 6749, section 5.1: a provider that grants what was asked for need not say so.
  private grantedScopes(scope: string | undefined): readonly string[] {
    return scope?.split(' ') ?? this.scopes;
  }

  private claimsOf(idToken: string): Promise<Claims & { readonly exp: number }> {
    return this.verified(idToken, ID_TOKEN_CLAIMS, this.clock.now());
  }

  private verified<T extends Claims>(token: string, claims: readonly string[], at: Date): Promise<T & Claims> {
    const { issuer } = this.metadata;
    return this.#keys.claimsOf<T>(token, { issuer, audience: this.clientId, at, claims });
  }

  private async userinfo(
    configuration: Configuration,
    accessToken: string | null,
    subject: string | typeof skipSubjectCheck,
  ) {
    if (accessToken === null || this.metadata.userinfo_endpoint === null) return null;
    return (await fetchUserInfo(configuration, accessToken, subject)) as Claims;
  }

  // A configuration is frozen with its clock: a new one for each exchange judges times by our clock as it is now.
  private configurationOfNow(deadlineMs = EXCHANGE_DEADLINE_MS): Configuration {
    const { clientSecret } = this.settings;
    const configuration = new Configuration(
      this.document,
      this.clientId,
      {
        [clockSkew]: (this.clock.now().getTime() - Date.now()) / 1000,
        [clockTolerance]: CLOCK_TOLERANCE_SECONDS,
      },
      clientAuthentication(this.metadata.token_endpoint_auth_methods_supported, clientSecret),
    );
    configuration[customFetch] = this.connections.fetch;
    configuration.timeout = deadlineMs / 1000;
    if (isPlainLoopback(new URL(this.metadata.issuer))) allowInsecureRequests(configuration);
    return configuration;
  }
}
