import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Clock } from '../../common/runtime/clock.js';
import type { OidcSettings } from '../../settings/oidc-settings.schema.js';
import { SettingsService } from '../../settings/settings.service.js';
import { UsersService } from '../../users/index.js';
import { CurrentProvider, LearnedFactsService } from '../index.js';
import { ProviderClient } from '../provider/index.js';
import { previewOf } from './login-preview.js';
import type { VerifiedLogin } from './provider-answers.js';
import type { FinishedTestLogin, TestLoginProblem, TestTokensOutcome, WaitingTestLogin } from './test-login.js';

/** The values of a test login that its request brings to the provider. */
interface RequestValues {
  readonly state: string;
  readonly nonce: string;
  readonly codeChallenge: string;
}

type Result = Pick<FinishedTestLogin, 'preview' | 'tokens' | 'problem'>;

/** Asks the provider of a test login, with a client of its own that is closed afterwards. */
@Injectable()
export class TestLoginExchange {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly learned: LearnedFactsService,
    private readonly settings: SettingsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /**
   * The URL at the provider to which the browser is sent.
   *
   * @throws {OidcNotConfigured} if a setting is missing
   * @throws {ProviderUnavailable} {@link ProviderError} if the provider does not answer, or can't be used
   */
  urlFor(oidc: OidcSettings, { state, ...values }: RequestValues): Promise<string> {
    return this.withClient(oidc, (client) =>
      client.loginUrl({ state, parameters: client.authorizationParameters(values) }),
    );
  }

  /** What came of the provider's answer. The tokens are revoked where that ends no login of the same person, and dropped. */
  async resultOf(login: WaitingTestLogin, answer: URL): Promise<Result> {
    try {
      return await this.withClient(login.oidc, async (client) => {
        const verified = await client.exchange(answer, login);
        const preview = previewOf(verified, login.oidc, this.clock.now());
        return { preview, tokens: await this.revoke(client, verified), problem: null };
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { preview: null, tokens: null, problem: problemOf(error) };
    }
  }

  private async withClient<T>(oidc: OidcSettings, use: (client: ProviderClient) => Promise<T>): Promise<T> {
    const connection = this.provider.connectionOf(oidc);
    const { authentication, assertionKeys } = await this.learned.ofTested(oidc, this.settings.current());
    const client = await ProviderClient.connect({ ...connection, authentication, assertionKeys }, this.clock);
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }

  // Some providers end every login of a person at a client when one of its refresh tokens is revoked.
  private async revoke(client: ProviderClient, { profile, tokens }: VerifiedLogin): Promise<TestTokensOutcome> {
    const isInUse = this.provider.isSource(client.issuer, client.clientId);
    if (isInUse && (await this.users.byIdentity(profile.issuer, profile.subject))) return 'KEPT';
    return client.revoke(tokens);
  }
}

function problemOf({ code, message, extensions }: DomainError): TestLoginProblem {
  const { providerError, providerErrorDescription } = extensions;
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    ...{ code, message },
    providerError: textOf(providerError),
    providerErrorDescription: textOf(providerErrorDescription),
  };
}
