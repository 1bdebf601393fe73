import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { OIDC_LOGGED_OUT_PATH, postLogoutRedirectUriOf, publicPathOf } from '../../config/public-urls.js';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { browserCookie } from '../../config/browser-cookie.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { SettingsService } from '../../settings/settings.service.js';
import { CurrentProvider } from '../index.js';
import { GrantStore, ProviderGrant } from '../../grants/index.js';

const STATE_CHARACTERS = 32;
const STATE_SECONDS = 600;

/** Logs out at the provider as well, if `oidc.logout` is on (OpenID Connect RP-Initiated Logout 1.0). */
@Injectable()
export class RpInitiatedLogout {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly grants: GrantStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Begins a logout at the provider. A provider that does not answer never prevents the logout here.
   *
   * @returns the URL to which the browser must go; null if the setting is off, or the provider offers no logout
   */
  async begin({ request, reply }: HttpExchange): Promise<string | null> {
    const { principal } = request;
    if (principal?.kind !== 'user' || !this.settings.current().oidc.logout || !this.provider.isInForce()) return null;
    const grant = await this.grants.of(principal.userId);
    const endpoint = grant && (await this.endpointFor(grant));
    if (!endpoint) return null;
    const state = randomBase62(STATE_CHARACTERS);
    const { name, attributes } = this.cookie;
    reply.setCookie(name, state, { ...attributes, maxAge: STATE_SECONDS });
    const url = new URL(endpoint);
    const idToken = this.grants.idTokenOf(grant);
    // Without a hint the provider asks the person for a confirmation (OpenID Connect RP-Initiated Logout 1.0, section 2).
    if (idToken !== null) url.searchParams.set('id_token_hint', idToken);
    url.searchParams.set('client_id', grant.clientId);
    url.searchParams.set('post_logout_redirect_uri', postLogoutRedirectUriOf(this.environment));
    url.searchParams.set('state', state);
    return url.href;
  }

  /** Consumes the state cookie of the logout, and answers whether this browser began that logout. */
  finish({ request, reply }: HttpExchange): boolean {
    const { name, attributes } = this.cookie;
    const { state } = request.query as { state?: unknown };
    const expected = request.cookies[name];
    reply.clearCookie(name, attributes);
    return expected !== undefined && state === expected;
  }

  private async endpointFor({ issuer, clientId }: ProviderGrant): Promise<string | null> {
    if (!this.provider.isSource(issuer, clientId)) return null;
    try {
      return (await this.provider.client()).metadata.end_session_endpoint;
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  private get cookie() {
    const { name, attributes } = browserCookie(this.environment, 'mooring-logout');
    return {
      name,
      attributes: name.startsWith('__Host-')
        ? attributes
        : { ...attributes, path: publicPathOf(this.environment, OIDC_LOGGED_OUT_PATH) },
    };
  }
}
