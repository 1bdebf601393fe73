import { Injectable } from '@nestjs/common';
import { MOST_WITHOUT_REFRESH_TOKEN, ProviderFactsService } from '../provider-facts/index.js';
import type { OidcSettings } from '../settings/oidc-settings.schema.js';
import type { Settings } from '../settings/settings.service.js';
import { providerFingerprint } from './current-provider.service.js';
import { ClientKeys } from './client-keys/index.js';
import type { ProviderSettings } from './provider/index.js';
import { SharedAuthentications } from './shared-authentications.service.js';

/** What logins have taught about tested settings. */
export interface LearnedFacts {
  readonly authentication: ReturnType<SharedAuthentications['ofTested']>;
  /** The keys of `private_key_jwt`. */
  readonly assertionKeys: ProviderSettings['assertionKeys'];
  /** How many people were asked for consent and got no refresh token, and after how many nobody else is asked. */
  readonly withoutRefreshToken: { readonly people: number; readonly mostAsked: number };
}

/** What logins have taught about the provider, for its test. */
@Injectable()
export class LearnedFactsService {
  constructor(
    private readonly authentications: SharedAuthentications,
    private readonly facts: ProviderFactsService,
    private readonly keys: ClientKeys,
  ) {}

  /** What is known of tested settings; only those in force can have taught anything. */
  async ofTested(tested: OidcSettings, inForce: Settings): Promise<LearnedFacts> {
    const authentication = this.authentications.ofTested(tested, inForce);
    const isAskedAlike = askedOf(tested) === askedOf(inForce.oidc);
    const key = providerFingerprint(tested.endpoint, tested.clientId);
    const people = isAskedAlike ? await this.facts.countWithoutRefreshToken(key, inForce.revision) : 0;
    const assertionKeys: ProviderSettings['assertionKeys'] = (algorithm) => this.keys.signing(algorithm);
    return { authentication, assertionKeys, withoutRefreshToken: { people, mostAsked: MOST_WITHOUT_REFRESH_TOKEN } };
  }
}

function askedOf({ endpoint, discoveryUrl, clientId, scope, extraRedirectParameters }: OidcSettings): string {
  return JSON.stringify([endpoint, discoveryUrl, clientId, scope, extraRedirectParameters]);
}
