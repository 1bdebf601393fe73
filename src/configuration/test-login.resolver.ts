import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { AuditedMutation, noTarget } from '../audit/index.js';
import { Exchange, ForAdminsInPerson } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { TestLogins } from '../oidc/test-login/index.js';
import { patchedOidc } from '../settings/settings.document.js';
import { SettingsService } from '../settings/settings.service.js';
import { StartTestLoginInput, StartTestLoginPayload, TestLoginModel } from './test-login.models.js';

/** "Log in as yourself now": a login with settings that need not be saved, whose claims the administrator sees. */
@ForAdminsInPerson()
@Resolver()
export class TestLoginResolver {
  constructor(
    private readonly testLogins: TestLogins,
    private readonly settings: SettingsService,
  ) {}

  @AuditedMutation('oidc_provider.test_login', noTarget, () => StartTestLoginPayload, {
    description:
      'Begins a test login in the session of the caller, in either mode, with the stored settings, overridden by those in the input, which are not stored. It logs nobody in. For administrators with a session of a browser.',
  })
  startTestLogin(
    @Args('input') { oidc }: StartTestLoginInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<StartTestLoginPayload> {
    return this.testLogins.begin(request, patchedOidc(this.settings.current().oidc, oidc ?? {}));
  }

  @Query(() => TestLoginModel, {
    nullable: true,
    description:
      'A test login of the session of the caller; null if another one has taken its place, its result was read, or it is older than ten minutes. A result is read once.',
  })
  async testLogin(
    @Args('id', { type: () => ID }) id: string,
    @Exchange() { request }: HttpExchange,
  ): Promise<TestLoginModel | null> {
    const login = await this.testLogins.read(request, id);
    return login === null ? null : TestLoginModel.of(login);
  }
}
