import { SecretText } from '../../common/crypto/secret-text.js';
import { AuthenticationMemory } from '../provider/authentication-memory.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import { AuthenticationMethod, firstMethod, otherMethod } from '../provider/client-authentication.js';
import { ProviderMetadata } from '../provider/provider-metadata.js';
import { refusesSecret } from './client-refusal.js';
import { CREDENTIALS, METHODS } from './credentials-causes.js';
import { Finding, ProviderCheckStatus } from './provider-report.js';
import { secretsOf, wordsOf } from './quoted-words.js';
import { QuestionMemory } from './question-memory.js';
import { isUsable, TokenQuestion, TokenQuestions, TokenReply } from './token-questions.js';
import { WrongSecret } from './wrong-secret.js';

/** The settings that decide whether the client can authenticate. */
export interface TestedClient {
  readonly clientId: string | null;
  readonly clientSecret: SecretText | null;
  readonly redirectUri: string;
  /** What is known of these settings, if they are the ones in force. */
  readonly authentication?: AuthenticationMemory;
}

/** How and when the token endpoint is asked. */
export interface TokenAsking {
  readonly connections: Pick<BoundedFetch, 'fetch'>;
  readonly memory: QuestionMemory;
  /** When every request ends, by `performance.now()`. */
  readonly endsAt: number;
}

/** What was found of client id and secret. */
export interface CredentialsResult {
  readonly finding: Finding;
  /** The method of client authentication that was not refused; null if both were, or none was tried. */
  readonly method: AuthenticationMethod | null;
}

interface Refusal {
  readonly method: AuthenticationMethod;
  readonly told: string;
}

/**
 * Whether the provider accepts client id and secret. Asks about a made-up refresh token, then about a made-up code; a
 * refusal of the client counts after the other method of client authentication was refused too. Where the client is not
 * refused, a made-up secret tells whether the provider would have refused a wrong one. The accepted method is noted.
 */
export async function credentialsResult(
  client: TestedClient,
  metadata: ProviderMetadata,
  asking: TokenAsking,
): Promise<CredentialsResult> {
  const { clientId, clientSecret } = client;
  if (clientId === null || clientSecret === null) return { finding: CREDENTIALS.notSet(), method: null };
  const check = new CredentialsCheck({ ...client, clientId, clientSecret }, metadata, asking);
  return check.result();
}

class CredentialsCheck {
  private readonly questions: TokenQuestions;
  private readonly refusals: Refusal[] = [];
  private readonly own = new Map<TokenQuestion, TokenReply>();

  constructor(
    private readonly client: TestedClient & { readonly clientId: string; readonly clientSecret: SecretText },
    private readonly metadata: ProviderMetadata,
    private readonly asking: TokenAsking,
  ) {
    const { clientId, redirectUri } = client;
    this.questions = new TokenQuestions(
      clientId,
      redirectUri,
      metadata.token_endpoint,
      asking.connections,
      asking.endsAt,
    );
  }

  async result(): Promise<CredentialsResult> {
    const published = this.metadata.token_endpoint_auth_methods_supported;
    const remembered = (await this.client.authentication?.remembered()) ?? null;
    const method = await this.methodThatIsNotRefused(remembered ?? firstMethod(published));
    if (method === null) return { finding: this.refused(remembered === null ? published : null), method };
    const finding = await this.unrefused(method);
    const isProven = finding.status === ProviderCheckStatus.PASSED || this.refusals.length > 0;
    if (isProven && this.isAnswered()) await this.client.authentication?.accepted(method);
    return { finding, method };
  }

  /** Asks both questions by one method, and by the other one after a refusal; null if both methods are refused. */
  private async methodThatIsNotRefused(first: AuthenticationMethod): Promise<AuthenticationMethod | null> {
    let method = first;
    for (const question of ['refresh', 'code'] as const) {
      let reply = await this.ask(question, method);
      if (this.isRefused(method, reply) && this.refusals.length === 1) {
        method = otherMethod(method);
        reply = await this.ask(question, method);
        this.isRefused(method, reply);
      }
      if (this.refusals.length > 1) return null;
      this.own.set(question, reply);
    }
    return method;
  }

  private ask(question: TokenQuestion, method: AuthenticationMethod): Promise<TokenReply> {
    return this.questions.ask(question, method, this.client.clientSecret);
  }

  private isRefused(method: AuthenticationMethod, reply: TokenReply): boolean {
    if (reply instanceof Error || !refusesSecret(reply)) return false;
    const { status, error } = reply;
    const words =
      error === null ? `HTTP ${status}` : wordsOf({ error }, secretsOf(this.client.clientId, this.client.clientSecret));
    this.refusals.push({ method, told: `${method} (${words})` });
    return true;
  }

  private refused(published: readonly string[] | null): Finding {
    const told = this.told();
    const isOffered = !published?.length || published.some((method) => METHODS.includes(method));
    return isOffered ? CREDENTIALS.refused(told) : CREDENTIALS.notOffered(published, told);
  }

  private async unrefused(method: AuthenticationMethod): Promise<Finding> {
    const told = this.told();
    if (!this.isAnswered()) return CREDENTIALS.silent(this.reason());
    const subject = ['wrong secret', this.metadata.token_endpoint, this.client.clientId];
    const verdict = await new WrongSecret(this.questions, this.asking.memory, subject).compare(this.own, method);
    if (verdict === 'KNOWS_OURS') return CREDENTIALS.accepted(method, told);
    if (verdict === 'NOT_ASKED') return CREDENTIALS.wrongSecretNotAsked(told);
    return verdict === 'ALIKE' ? CREDENTIALS.alike(told) : CREDENTIALS.wrongSecretUnclear(told);
  }

  private isAnswered(): boolean {
    return [...this.own.values()].some(isUsable);
  }

  private reason(): string {
    const [reply] = this.own.values();
    if (reply === undefined) return 'no answer';
    return reply instanceof Error ? reasonOf(reply) : `HTTP ${reply.status}`;
  }

  private told(): string {
    return this.refusals.map(({ told }) => told).join(', and ');
  }
}

function reasonOf(failure: Error & { readonly detail?: string }): string {
  return failure.detail ?? failure.message;
}
