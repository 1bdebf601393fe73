import { Args, Resolver } from '@nestjs/graphql';
import { AuditedMutation, noTarget } from '../audit/index.js';
import { AccessCheck } from '../access/access-check.js';
import { Exchange, ForAdmins } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { Clock } from '../common/runtime/clock.js';
import { patchedOidc } from '../settings/settings.document.js';
import { OidcNotConfigured } from '../settings/settings.errors.js';
import { scopesOf } from '../settings/oidc-setting-problems.js';
import { SettingsService } from '../settings/settings.service.js';
import { CurrentProvider, LearnedFactsService } from '../oidc/index.js';
import { TestOidcProviderInput, TestOidcProviderPayload } from './provider-test.models.js';
import { inspectProvider, isOk } from '../oidc/inspection/index.js';

/** "Test OIDC Server". */
@Resolver()
export class ProviderTestResolver {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly learned: LearnedFactsService,
    private readonly access: AccessCheck,
    private readonly clock: Clock,
  ) {}

  @ForAdmins()
  @AuditedMutation('oidc_provider.test', noTarget, () => TestOidcProviderPayload, {
    description: 'Tests the stored settings, overridden by those in the input. Nothing is stored.',
  })
  async testOidcProvider(
    @Args('input') input: TestOidcProviderInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<TestOidcProviderPayload> {
    const inForce = this.settings.current();
    const oidc = patchedOidc(inForce.oidc, input.oidc ?? {});
    if (oidc.endpoint === null) throw new OidcNotConfigured(['oidc.endpoint']);
    const { redirectUri } = this.provider;
    const learned = await this.learned.ofTested(oidc, inForce);
    const inspected = { ...oidc, issuer: oidc.endpoint, scopes: scopesOf(oidc.scope), redirectUri, ...learned };
    const checks = await inspectProvider(inspected, this.clock);
    await this.access.demandAgain(request, 'ADMIN');
    return { report: { ok: isOk(checks), checks } };
  }
}
