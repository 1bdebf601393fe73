import { SecretText } from '../../common/crypto/secret-text.js';
import { assertionAlgorithm, credentialsAt } from '../provider/client-assertion.js';
import { AuthenticationMemory } from '../provider/authentication-memory.js';
import { Clock } from '../../common/runtime/clock.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import {
  AuthenticationMethod,
  ClientCredentials,
  firstMethod,
  isSecretMethod,
  otherMethod,
  SecretMethod,
} from '../provider/client-authentication.js';
import { secretsOf } from '../provider/secret-parts.js';
import { ProviderMetadata } from '../provider/provider-metadata.js';
import { ProviderSettings } from '../provider/provider-settings.js';
import { refusesSecret } from './client-refusal.js';
import { CREDENTIALS, METHODS, named, SECRET_METHODS } from './credentials-causes.js';
import { Finding, ProviderCheckStatus } from './provider-report.js';
import { wordsOf } from './quoted-words.js';
import { QuestionMemory } from './question-memory.js';
import { isUsable, TokenQuestion, TokenQuestions, TokenReply } from './token-questions.js';
import { WrongSecret } from './wrong-secret.js';

/** The settings that decide whether the client can authenticate. */
export interface TestedClient extends Pick<ProviderSettings, 'clientAssertionAudience' | 'assertionKeys'> {
  readonly clientId: string | null;
  readonly clientSecret: SecretText | null;
  readonly redirectUri: string;
  /** By default `automatic`. */
  readonly clientAuthentication?: 'automatic' | AuthenticationMethod;
  /** What is known of these settings, if they are the ones in force. */
  readonly authentication?: AuthenticationMemory;
}

/** How and when the token endpoint is asked. */
export interface TokenAsking {
  readonly connections: Pick<BoundedFetch, 'fetch'>;
  readonly memory: QuestionMemory;
  readonly clock: Clock;
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
  const chosen = chosenMethod(client);
  if (clientId !== null && (clientSecret !== null || !needsSecret(chosen))) {
    if (chosen === 'private_key_jwt' && !hasAlgorithm(metadata)) {
      return { finding: CREDENTIALS.noAlgorithm(), method: null };
    }
    const credentials = credentialsAt({ ...client, clientId }, metadata, asking.clock);
    return new CredentialsCheck({ ...client, ...credentials, chosen }, metadata, asking).result();
  }
  const published = metadata.token_endpoint_auth_methods_supported;
  const offered = needsSecret(chosen) ? notOffered(published, SECRET_METHODS, '') : null;
  return { finding: offered ?? CREDENTIALS.notSet(needsSecret(chosen)), method: null };
}

/** The method that was chosen; null if both that send the secret are tried. */
export function chosenMethod({
  clientAuthentication: chosen = 'automatic',
}: Pick<TestedClient, 'clientAuthentication'>): AuthenticationMethod | null {
  return chosen === 'automatic' ? null : chosen;
}

/** Whether a chosen method, or the choice of none, needs the client secret. */
export function needsSecret(chosen: AuthenticationMethod | null): boolean {
  return chosen === null || isSecretMethod(chosen);
}

function hasAlgorithm(metadata: ProviderMetadata): boolean {
  try {
    return assertionAlgorithm(metadata) !== undefined;
  } catch {
    return false;
  }
}

/** What is found if the provider publishes none of the methods that were tried; null if it does, or publishes none at all. */
function notOffered(published: readonly string[] | null, tried: readonly string[], told: string): Finding | null {
  if (!published?.length || published.some((method) => tried.includes(method))) return null;
  const ours = METHODS.filter((method) => published.includes(method));
  return ours.length > 0 ? CREDENTIALS.othersOffered(published, ours, told) : CREDENTIALS.notOffered(published, told);
}

class CredentialsCheck {
  private readonly questions: TokenQuestions;
  private readonly refusals: Refusal[] = [];
  private readonly own = new Map<TokenQuestion, TokenReply>();

  constructor(
    private readonly client: TestedClient &
      ClientCredentials & { /** Null: automatic. */ readonly chosen: AuthenticationMethod | null },
    private readonly metadata: ProviderMetadata,
    private readonly asking: TokenAsking,
  ) {
    const { token_endpoint: url } = metadata;
    this.questions = new TokenQuestions(client.redirectUri, url, asking.connections, asking.endsAt);
  }

  async result(): Promise<CredentialsResult> {
    const published = this.metadata.token_endpoint_auth_methods_supported;
    const { chosen, authentication } = this.client;
    const remembered = chosen === null ? await rememberedIn(authentication) : null;
    const methods = this.methods(remembered ?? firstMethod(published));
    const method = await this.methodThatIsNotRefused(methods);
    if (method === null) return { finding: this.refused(remembered === null ? published : null, methods), method };
    if (chosen !== null && method !== chosen && this.isAnswered()) {
      return { finding: CREDENTIALS.otherIsTaken(chosen, method, this.told()), method: null };
    }
    const finding = await this.unrefused(method);
    const isProven = finding.status === ProviderCheckStatus.PASSED || this.refusals.length > 0;
    if (isProven && this.isAnswered()) await this.noteAccepted(method);
    return { finding, method };
  }

  private async noteAccepted(method: AuthenticationMethod): Promise<void> {
    const { chosen, authentication } = this.client;
    if (chosen === null && isSecretMethod(method)) await authentication?.accepted(method);
  }

  /** The methods in the order in which they are tried: the chosen one, and those that send the secret if there is one. */
  private methods(first: SecretMethod): readonly AuthenticationMethod[] {
    const { chosen, clientSecret } = this.client;
    const secretMethods = [first, otherMethod(first)];
    if (chosen === null) return secretMethods;
    return [chosen, ...(clientSecret === null ? [] : secretMethods.filter((method) => method !== chosen))];
  }

  /** Asks both questions by one method, and by the next one after a refusal; null if all methods are refused. */
  private async methodThatIsNotRefused(methods: readonly AuthenticationMethod[]): Promise<AuthenticationMethod | null> {
    const left = [...methods];
    for (const question of ['refresh', 'code'] as const) {
      const reply = await this.unrefusedReply(question, left);
      if (reply === null) return null;
      this.own.set(question, reply);
    }
    return left[0] ?? null;
  }

  /** The answer by the first of the methods that is not refused; removes those that are. Null if there is none. */
  private async unrefusedReply(question: TokenQuestion, left: AuthenticationMethod[]): Promise<TokenReply | null> {
    for (let [method] = left; method !== undefined; [method] = left) {
      const reply = await this.questions.ask(question, method, this.client);
      if (!this.isRefused(method, reply)) return reply;
      left.shift();
    }
    return null;
  }

  private isRefused(method: AuthenticationMethod, reply: TokenReply): boolean {
    if (reply instanceof Error || !refusesSecret(reply)) return false;
    const { status, error } = reply;
    const words =
      error === null ? `HTTP ${status}` : wordsOf({ error }, secretsOf(this.client.clientId, this.client.clientSecret));
    this.refusals.push({ method, told: `${named(method)} (${words})` });
    return true;
  }

  private refused(published: readonly string[] | null, tried: readonly AuthenticationMethod[]): Finding {
    const told = this.told();
    return notOffered(published, tried, told) ?? CREDENTIALS.refused(told, this.client.chosen);
  }

  private async unrefused(method: AuthenticationMethod): Promise<Finding> {
    const told = this.told();
    if (!this.isAnswered()) return CREDENTIALS.silent(this.reason());
    const wrong = new WrongSecret(this.questions, this.asking.memory, this.client, this.metadata.token_endpoint);
    const verdict = await wrong.compare(this.own, method);
    if (verdict === 'KNOWS_OURS') return CREDENTIALS.accepted(method, told);
    if (verdict === 'NOT_ASKED') return CREDENTIALS.wrongSecretNotAsked(told, method);
    return verdict === 'ALIKE' ? CREDENTIALS.alike(told, method) : CREDENTIALS.wrongSecretUnclear(told, method);
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

async function rememberedIn(memory: AuthenticationMemory | undefined): Promise<SecretMethod | null> {
  return (await memory?.remembered()) ?? null;
}

function reasonOf(failure: Error & { readonly detail?: string }): string {
  return failure.detail ?? failure.message;
}
