import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../access/access.decorators.js';
import { DomainError } from '../../common/errors/domain-error.js';
import {
  logoutFormUrlOf,
  OIDC_LOGGED_OUT_PATH,
  postLogoutRedirectUriOf,
  publicPathOf,
} from '../../config/public-urls.js';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { browserCookie } from '../../config/browser-cookie.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { canBeFormTarget, OutgoingForm } from '../../http/index.js';
import { SettingsService } from '../../settings/settings.service.js';
import { CurrentProvider } from '../index.js';
import { GrantStore, ProviderGrant } from '../../grants/index.js';
import { FormLogout, LogoutForms } from './logout-forms.service.js';
import { isTooLongForUrl, LogoutParts, logoutRequestOf, logoutUrlOf } from './logout-request.js';

const STATE_CHARACTERS = 32;
const STATE_SECONDS = 600;

/** Logs out at the provider as well, if `oidc.logout` is on (OpenID Connect RP-Initiated Logout 1.0). */
@Injectable()
export class RpInitiatedLogout {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly grants: GrantStore,
    private readonly forms: LogoutForms,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Begins a logout at the provider. A provider that does not answer never prevents the logout here.
   *
   * @returns the URL to which the browser must go; null if the setting is off, or the provider offers no logout
   */
  async begin(exchange: HttpExchange): Promise<string | null> {
    const { principal } = exchange.request;
    if (principal?.kind !== 'user') return null;
    const state = randomBase62(STATE_CHARACTERS);
    const parts = await this.partsFor({ userId: principal.userId, state });
    if (!parts) return null;
    const { name, attributes } = this.cookie;
    exchange.reply.setCookie(name, state, { ...attributes, maxAge: STATE_SECONDS });
    const request = logoutRequestOf(parts);
    if (!isTooLongForUrl(request)) return logoutUrlOf(request);
    if (!canBeFormTarget(parts.endpoint)) return logoutUrlOf(logoutRequestOf({ ...parts, hint: null }));
    this.forms.keep(exchange, { userId: principal.userId, state });
    return logoutFormUrlOf(this.environment);
  }

  /** The form of the logout that this browser began, once; null if there is none. */
  async form(exchange: HttpExchange): Promise<OutgoingForm | null> {
    const logout = await this.forms.take(exchange);
    const parts = logout && (await this.partsFor(logout));
    return parts && canBeFormTarget(parts.endpoint) ? logoutRequestOf(parts) : null;
  }

  /**
   * Whether this browser began the logout that the provider sends it back from. The state cookie is consumed then; any other
   * return leaves it.
   */
  finish({ request, reply }: HttpExchange): boolean {
    const { name, attributes } = this.cookie;
    const { state } = request.query as { state?: unknown };
    const expected = request.cookies[name];
    if (expected === undefined || state !== expected) return false;
    reply.clearCookie(name, attributes);
    return true;
  }

  private async partsFor({ userId, state }: FormLogout): Promise<LogoutParts | null> {
    const { logout: isOn, extraLogoutParameters: extra } = this.settings.current().oidc;
    if (!isOn || !this.provider.isInForce()) return null;
    const grant = await this.grants.of(userId);
    const endpoint = grant && (await this.endpointFor(grant));
    if (!endpoint) return null;
    const [clientId, hint] = [grant.clientId, this.grants.idTokenOf(grant)];
    return { endpoint, clientId, hint, returnUri: postLogoutRedirectUriOf(this.environment), state, extra };
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
