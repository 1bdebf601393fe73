import { ResolveField, Resolver } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import { CurrentProvider } from '../oidc/index.js';
import { ProviderFactsService } from '../provider-facts/index.js';
import { OidcSettingsModel } from './configuration.model.js';

/** What refreshes have shown of the provider in force. */
@Resolver(() => OidcSettingsModel)
export class ProviderHealthResolver {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly facts: ProviderFactsService,
  ) {}

  @ResolveField(() => DateTime, {
    nullable: true,
    description:
      'When this provider last refreshed a login, to within ten seconds; null if it never did. Refreshes that failed are in the audit log.',
  })
  async lastRefreshedAt(): Promise<Date | null> {
    const facts = await this.facts.of(this.provider.fingerprint());
    return facts?.refreshedAt == null ? null : new Date(Number(facts.refreshedAt));
  }
}
