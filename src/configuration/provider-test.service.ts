import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { redirectUriOf } from '../config/public-urls.js';
import { LearnedFactsService } from '../oidc/index.js';
import { inspectProvider, isOk, registryClientsFinding } from '../oidc/inspection/index.js';
import { ProviderQuestionsService } from '../provider-questions/index.js';
import { OidcPatch, patchedOidc } from '../settings/settings.document.js';
import { OidcNotConfigured } from '../settings/settings.errors.js';
import { scopesOf } from '../settings/oidc-setting-problems.js';
import { SettingsService } from '../settings/settings.service.js';
import { OidcProviderReport } from './provider-test.models.js';

/** Tests the provider with stored settings and those that are about to be saved. */
@Injectable()
export class ProviderTest {
  constructor(
    private readonly settings: SettingsService,
    private readonly learned: LearnedFactsService,
    private readonly questions: ProviderQuestionsService,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * The report for the stored settings with these changes.
   *
   * @throws {OidcNotConfigured} if there is no endpoint
   */
  async report(changes: OidcPatch): Promise<OidcProviderReport> {
    const inForce = this.settings.current();
    const oidc = patchedOidc(inForce.oidc, changes);
    if (oidc.endpoint === null) throw new OidcNotConfigured(['oidc.endpoint']);
    const learned = await this.learned.ofTested(oidc, inForce);
    const known = { REGISTRY_CLIENTS: await registryClientsFinding(this.environment) };
    const { egress } = this.environment;
    const own = { redirectUri: redirectUriOf(this.environment), egress, known };
    const asked = { ...own, ...learned, questions: this.questions.of(inForce.revision) };
    const inspected = { ...oidc, issuer: oidc.endpoint, scopes: scopesOf(oidc.scope), ...asked };
    const checks = await inspectProvider(inspected, this.clock);
    return { ok: isOk(checks), checks: checks.map((check) => ({ ...check, fixes: check.fixes ?? [] })) };
  }
}
