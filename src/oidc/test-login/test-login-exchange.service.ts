import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Clock } from '../../common/runtime/clock.js';
import { SettingsService } from '../../settings/settings.service.js';
import { UsersService } from '../../users/index.js';
import { beginsAgain, challengeOf, CurrentProvider, LearnedFactsService } from '../index.js';
import { ProviderClient, ProviderSettings } from '../provider/index.js';
import { previewOf } from './login-preview.js';
import type { RevocableTokens, VerifiedLogin } from './provider-answers.js';
import { restartedTestLogin } from './test-login.js';
import type {
  AcceptedMethod,
  FinishedTestLogin,
  SentTestLogin,
  TestLoginProblem,
  TestTokensOutcome,
  WaitingTestLogin,
} from './test-login.js';

type Result = Pick<FinishedTestLogin, 'preview' | 'tokens' | 'problem'>;
/** A login that begins again by itself, and the URL at the provider to which the browser is sent. */
interface Restart {
  readonly again: SentTestLogin;
  readonly url: string;
}

type Memory = NonNullable<ProviderSettings['authentication']>;

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
  urlFor(login: SentTestLogin): Promise<string> {
    const { state, nonce, pkceVerifier } = login;
    return this.withClient(login, (client) => {
      const parameters = client.authorizationParameters({ nonce, codeChallenge: challengeOf(pkceVerifier) });
      return client.loginUrl({ state, parameters });
    });
  }

  /**
   * What came of the provider's answer, or the attempt that follows if the login begins again by itself. The tokens are revoked
   * where that ends no login of the same person, and dropped.
   */
  async resultOf(login: SentTestLogin, answer: URL): Promise<Result | Restart> {
    const memory = await this.memoryFor(login);
    try {
      return await this.withClient(login, (client) => this.exchanged(client, login, answer), memory);
    } catch (error) {
      if (!beginsAgain(error, login)) return failed(error);
      const again = restartedTestLogin(login, await memory.remembered());
      return this.urlFor(again).then((url) => ({ again, url }), failed);
    }
  }

  private async exchanged(client: ProviderClient, login: SentTestLogin, answer: URL): Promise<Result> {
    const given: RevocableTokens[] = [];
    const noteTokens = (tokens: RevocableTokens) => void given.push(tokens);
    try {
      const verified = await client.exchange(answer, { ...login, noteTokens });
      const preview = previewOf(verified, login.oidc, this.clock.now());
      return { preview, tokens: await this.revoke(client, verified), problem: null };
    } catch (error) {
      const [unverified] = given;
      const tokens = unverified === undefined ? null : await this.revokeUnverified(client, unverified);
      if (beginsAgain(error, login)) throw error;
      return { ...failed(error), tokens };
    }
  }

  private async withClient<T>(
    login: WaitingTestLogin,
    use: (client: ProviderClient) => Promise<T>,
    memory?: Memory,
  ): Promise<T> {
    const connection = this.provider.connectionOf(login.oidc);
    const { assertionKeys } = await this.learnedOf(login);
    const authentication = memory ?? (await this.memoryFor(login));
    const client = await ProviderClient.connect({ ...connection, authentication, assertionKeys }, this.clock);
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }

  private learnedOf({ oidc }: WaitingTestLogin) {
    return this.learned.ofTested(oidc, this.settings.current());
  }

  /** That of the settings in force, or one of this test login alone. */
  private async memoryFor(login: WaitingTestLogin): Promise<Memory> {
    const { authentication } = await this.learnedOf(login);
    return authentication ?? memoryOf(login.method ?? null);
  }

  // Some providers end every login of a person at a client when one of its refresh tokens is revoked.
  private async revoke(client: ProviderClient, { profile, tokens }: VerifiedLogin): Promise<TestTokensOutcome> {
    const isInUse = this.provider.isSource(client.issuer, client.clientId);
    if (isInUse && (await this.users.byIdentity(profile.issuer, profile.subject))) return 'KEPT';
    return client.revoke(tokens);
  }

  // Nobody knows whose they are: at the provider in force they may be of anybody who has logged in here.
  private async revokeUnverified(client: ProviderClient, tokens: RevocableTokens): Promise<TestTokensOutcome> {
    const isInUse = this.provider.isInForce() && this.provider.isSource(client.issuer, client.clientId);
    return isInUse ? 'KEPT' : client.revoke(tokens);
  }
}

function failed(error: unknown): Result {
  if (!(error instanceof DomainError)) throw error;
  return { preview: null, tokens: null, problem: problemOf(error) };
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

function memoryOf(known: AcceptedMethod | null): Memory {
  let method = known;
  return {
    remembered: () => Promise.resolve(method),
    accepted: (accepted) => Promise.resolve(void (method = accepted)),
    mayTryOther: () => Promise.resolve(true),
  };
}
