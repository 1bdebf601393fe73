import { SecretText } from '../../common/crypto/secret-text.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import { authenticate, AuthenticationMethod } from '../provider/client-authentication.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { TokenAnswer, tokenAnswerOf } from '../provider/token-endpoint.js';
import { AuthorizationAnswer, onlyRedirectUri } from './authorization-answer.js';
import { authorizationQuestion, AuthorizationSettings, otherRedirectUri } from './authorization-question.js';
import { refusesSecret } from './client-refusal.js';
import { ToldError } from './quoted-words.js';
import { REDIRECT_URI } from './redirect-uri-causes.js';

const OF_THE_REQUEST = /^(invalid_request|invalid_redirect_uri|redirect_uri_mismatch)$/;
const OF_THE_FLOW = /^(unauthorized_client|unsupported_response_type)$/;

/** The client that pushes its request. */
export interface PushingClient extends AuthorizationSettings {
  readonly clientId: string;
  readonly clientSecret: SecretText;
  /** The method of client authentication that the token endpoint did not refuse. */
  readonly method: AuthenticationMethod;
}

type Reply = TokenAnswer | Error;

/**
 * Whether the redirect URI is registered, where the provider takes pushed authorization requests (RFC 9126): its answer
 * tells redirect URI, scope and client. An accepted one is compared with a redirect URI that nobody registered, because a
 * provider may take any redirect URI here from a client that authenticates (section 2.4).
 */
export class PushedRequestCheck {
  /**
   * @param mayAsk whether one more question may be sent now
   * @param words an error as it may be shown
   */
  constructor(
    private readonly client: PushingClient,
    private readonly endpoint: string,
    private readonly sending: { readonly connections: Pick<BoundedFetch, 'fetch'>; readonly endsAt: number },
    private readonly mayAsk: () => Promise<boolean>,
    private readonly words: (told: ToldError) => string,
  ) {}

  /** The answer; null if nothing may be asked now. */
  async answer(): Promise<AuthorizationAnswer | null> {
    if (!(await this.mayAsk())) return null;
    const { redirectUri } = this.client;
    const reply = await this.ask(redirectUri);
    if (reply instanceof Error) return onlyRedirectUri(REDIRECT_URI.silent(reply.message));
    if (isAccepted(reply)) return this.compared(reply);
    const words = this.wordsIn(reply);
    const { error } = reply;
    if (refusesSecret(reply)) return { ...onlyRedirectUri(REDIRECT_URI.clientRefused()), refusedClient: words };
    if (isRedirectRefusal(reply)) return onlyRedirectUri(REDIRECT_URI.refused(redirectUri, `it answers ${words}`));
    const answer = await this.compared(reply);
    const refusedScope = error === 'invalid_scope' ? words : null;
    return { ...answer, refusedScope, refusedFlow: error !== null && OF_THE_FLOW.test(error) ? words : null };
  }

  private async compared(reply: TokenAnswer): Promise<AuthorizationAnswer> {
    const isTaken = isAccepted(reply);
    const seen = isTaken ? `HTTP ${reply.status}` : this.wordsIn(reply);
    const other = (await this.mayAsk()) ? await this.ask(otherRedirectUri(this.client.redirectUri)) : null;
    if (other === null) return { ...onlyRedirectUri(REDIRECT_URI.notCompared(seen)), isTaken };
    const isRefused = !(other instanceof Error) && isRedirectRefusal(other);
    const finding = isRefused
      ? REDIRECT_URI.byComparison(this.wordsIn(other))
      : REDIRECT_URI.alike(seen, !(other instanceof Error) && other.status === reply.status);
    return { ...onlyRedirectUri(finding), isTaken };
  }

  private async ask(redirectUri: string): Promise<Reply> {
    const form = authorizationQuestion(this.client, redirectUri);
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' });
    authenticate(this.client.method, this.client, form, headers);
    const deadlineMs = Math.max(1, this.sending.endsAt - performance.now());
    try {
      const request = { method: 'POST', headers, body: form.toString(), deadlineMs };
      const answer = await this.sending.connections.fetch(this.endpoint, request);
      return tokenAnswerOf(answer.status, await answer.text());
    } catch (error) {
      const failure = asProviderFailure(error);
      return new Error(failure.detail ?? failure.message);
    }
  }

  private wordsIn({ status, error, body }: TokenAnswer): string {
    const description = body?.error_description;
    const told = { error: error ?? '', description: typeof description === 'string' ? description : null };
    return error === null ? `HTTP ${status}` : this.words(told);
  }
}

function isAccepted({ status, error, body }: TokenAnswer): boolean {
  return (status === 201 || status === 200) && error === null && typeof body?.request_uri === 'string';
}

function isRedirectRefusal({ status, error }: TokenAnswer): boolean {
  return status >= 400 && status < 500 && error !== null && OF_THE_REQUEST.test(error);
}
