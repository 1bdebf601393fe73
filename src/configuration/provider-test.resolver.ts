import { Args, Resolver } from '@nestjs/graphql';
import { AuditedMutation, noTarget } from '../audit/index.js';
import { AccessCheck } from '../access/access-check.js';
import { Exchange, ForAdmins } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { TestOidcProviderInput, TestOidcProviderPayload } from './provider-test.models.js';
import { ProviderTest } from './provider-test.service.js';

/** "Test OIDC Server". */
@Resolver()
export class ProviderTestResolver {
  constructor(
    private readonly test: ProviderTest,
    private readonly access: AccessCheck,
  ) {}

  @ForAdmins()
  @AuditedMutation('oidc_provider.test', noTarget, () => TestOidcProviderPayload, {
    description: 'Tests the stored settings, overridden by those in the input, which are not stored.',
  })
  async testOidcProvider(
    @Args('input') input: TestOidcProviderInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<TestOidcProviderPayload> {
    const report = await this.test.report(input.oidc ?? {});
    await this.access.demandAgain(request, 'ADMIN');
    return { report };
  }
}
