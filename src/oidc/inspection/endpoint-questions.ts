import type { EgressProxies } from '../../common/network/egress-proxy.js';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import { credentialsAt } from '../provider/client-assertion.js';
import { isUsableEndpoint, ProviderMetadata } from '../provider/provider-metadata.js';
import { secretsOf } from '../provider/secret-parts.js';
import { AuthorizationAnswer, onlyRedirectUri } from './authorization-answer.js';
import { AuthorizationSettings } from './authorization-question.js';
import { CREDENTIALS } from './credentials-causes.js';
import { chosenMethod, CredentialsResult, credentialsResult, needsSecret, TestedClient } from './credentials-check.js';
import { Document } from './discovery-lists.js';
import { Navigation } from './navigation.js';
import { Finding, ProviderCheckStatus } from './provider-report.js';
import { ToldError, wordsOf } from './quoted-words.js';
import { PushedRequestCheck } from './pushed-request-check.js';
import { QuestionMemory } from './question-memory.js';
import { RecalledAnswers } from './recalled-answers.js';
import { REDIRECT_URI } from './redirect-uri-causes.js';
import { RedirectUriCheck } from './redirect-uri-check.js';

const MINUTE_MS = 60_000;
/** At most so many questions to the authorization endpoint in a minute, over all replicas. */
const AUTHORIZATIONS = { times: 2, inMs: MINUTE_MS };

/** The settings that decide what is asked. */
export interface AskingSettings extends AuthorizationSettings, TestedClient {
  readonly issuer: string;
  /** By default, and if null, under the issuer. */
  readonly discoveryUrl?: string | null;
  readonly verifyCertificate: boolean;
  readonly caCertificates: string | null;
  /** The proxies to connect through; by default none. */
  readonly egress?: EgressProxies;
}

/** What the questions are asked with. */
export interface AskingMeans {
  readonly connections: Pick<BoundedFetch, 'fetch'>;
  readonly memory: QuestionMemory;
  readonly answers: RecalledAnswers;
  readonly clock: Clock;
  /** When every request ends, by `performance.now()`. */
  readonly endsAt: number;
}

/** What was learned about the client. */
export interface ClientFindings {
  readonly credentials: Finding;
  /** Null if the authorization endpoint was not asked. */
  readonly told: AuthorizationAnswer;
}

/** Asks a provider about the client: its id and secret, redirect URI and scope. Counts the questions over all replicas. */
export class EndpointQuestions {
  constructor(
    private readonly settings: AskingSettings,
    private readonly document: Document,
    private readonly metadata: ProviderMetadata,
    private readonly means: AskingMeans,
  ) {}

  /** Asks the endpoints. A provider that takes pushed authorization requests is asked by one, after the client is known. */
  async ask(): Promise<ClientFindings> {
    const endpoint = this.document.pushed_authorization_request_endpoint;
    if (!isUsableEndpoint(endpoint, this.settings.issuer)) {
      const [{ finding }, told] = await Promise.all([this.credentials(), this.redirectUri()]);
      return { credentials: finding, told };
    }
    const credentials = await this.credentials();
    const told = await this.pushed(endpoint, credentials);
    const isRefused = told.refusedClient !== null && credentials.finding.status === ProviderCheckStatus.SKIPPED;
    const refused = () => CREDENTIALS.refusedByPushedRequest(told.refusedClient ?? '');
    return { credentials: isRefused ? refused() : credentials.finding, told };
  }

  private async credentials(): Promise<CredentialsResult> {
    const { clientId, clientSecret, redirectUri } = this.settings;
    const { clientAuthentication = 'automatic', clientAssertionAudience = 'issuer' } = this.settings;
    const { token_endpoint: url } = this.metadata;
    const secret = clientSecret?.reveal() ?? '';
    const subject = ['credentials', url, clientId ?? '', secret, redirectUri];
    subject.push(clientAuthentication, clientAssertionAudience);
    const ask = () => credentialsResult(this.settings, this.metadata, this.means);
    return (await this.means.answers.askOrRecall(subject, ask)) ?? { finding: CREDENTIALS.askedBefore(), method: null };
  }

  private redirectUri(): Promise<AuthorizationAnswer> {
    const { issuer, discoveryUrl, clientId } = this.settings;
    if (clientId === null) return Promise.resolve(onlyRedirectUri(REDIRECT_URI.notSet()));
    const { authorization_endpoint: authorizationEndpoint } = this.metadata;
    return this.once(authorizationEndpoint, async (mayAsk) => {
      const navigation = new Navigation(this.settings, this.means.endsAt);
      const announcesIssuer = this.document.authorization_response_iss_parameter_supported === true;
      const provider = { issuer, discoveryUrl, authorizationEndpoint, announcesIssuer };
      try {
        return await new RedirectUriCheck(this.settings, provider, navigation, mayAsk, this.words).answer();
      } finally {
        navigation.close();
      }
    });
  }

  private pushed(endpoint: string, { finding, method }: CredentialsResult): Promise<AuthorizationAnswer> {
    const { clientId, clientSecret } = this.settings;
    const isWithoutSecret = clientSecret === null && needsSecret(chosenMethod(this.settings));
    if (clientId === null || isWithoutSecret) return Promise.resolve(onlyRedirectUri(REDIRECT_URI.notSet()));
    if (finding.status === ProviderCheckStatus.FAILED) {
      return Promise.resolve(onlyRedirectUri(REDIRECT_URI.clientRefused()));
    }
    if (method === null) return Promise.resolve(onlyRedirectUri(REDIRECT_URI.askedBefore()));
    const credentials = credentialsAt({ ...this.settings, clientId }, this.metadata, this.means.clock);
    const client = { ...this.settings, ...credentials, method };
    return this.once(endpoint, (mayAsk) =>
      new PushedRequestCheck(client, endpoint, this.means, mayAsk, this.words).answer(),
    );
  }

  /** Asks a question; where it may not be asked now, tells the last answer to the same one again. */
  private async once(
    endpoint: string,
    ask: (mayAsk: () => Promise<boolean>) => Promise<AuthorizationAnswer | null>,
  ): Promise<AuthorizationAnswer> {
    const { memory } = this.means;
    const { clientId, redirectUri, scopes, extraRedirectParameters = [] } = this.settings;
    const extra = extraRedirectParameters.map(({ name, value }) => [name, value]);
    const subject = ['redirect URI', endpoint, JSON.stringify([clientId, redirectUri, scopes, extra])];
    const answer = await ask(() => memory.take(['authorization endpoint', new URL(endpoint).origin], AUTHORIZATIONS));
    if (answer === null) {
      return (await this.means.answers.recall(subject)) ?? onlyRedirectUri(REDIRECT_URI.askedBefore());
    }
    await memory.learn(subject, JSON.stringify(answer));
    return answer;
  }

  private readonly words = (told: ToldError): string =>
    wordsOf(told, secretsOf(this.settings.clientId, this.settings.clientSecret));
}
