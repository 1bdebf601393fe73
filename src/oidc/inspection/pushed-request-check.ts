import { isScopeRefusal } from '../provider/authorization-answer.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import {
  authenticate,
  AuthenticationMethod,
  ClientCredentials,
  isSecretMethod,
  otherMethod,
} from '../provider/client-authentication.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { TokenAnswer, tokenAnswerOf } from '../provider/token-endpoint.js';
import { AuthorizationAnswer, onlyRedirectUri } from './authorization-answer.js';
import { authorizationQuestion, AuthorizationSettings, otherRedirectUri } from './authorization-question.js';
import { isTrouble, refusesSecret } from './client-refusal.js';
import { ToldError } from './quoted-words.js';
import { REDIRECT_URI } from './redirect-uri-causes.js';

const OF_THE_REQUEST = /^(invalid_request|invalid_redirect_uri|redirect_uri_mismatch)$/;
const OF_THE_REDIRECT_URI = /redirect[ _-]?ur[il]/i;
/** Other parameters that `invalid_request` may be for. */
const OF_ANOTHER_PARAMETER =
  /\b(prompt|scopes?|nonce|state|resource|claims|pkce|dpop|code_challenge\w*|response_(type|mode)|request object)\b/i;
const OF_THE_FLOW = /^(unauthorized_client|unsupported_response_type)$/;

/** The client that pushes its request. */
export interface PushingClient extends AuthorizationSettings, ClientCredentials {
  readonly clientId: string;
  /** What the settings say; by default `automatic`. */
  readonly clientAuthentication?: 'automatic' | AuthenticationMethod;
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
    private client: PushingClient,
    private readonly endpoint: string,
    private readonly sending: { readonly connections: Pick<BoundedFetch, 'fetch'>; readonly endsAt: number },
    private readonly mayAsk: () => Promise<boolean>,
    private readonly words: (told: ToldError) => string,
  ) {}

  /** The answer; null if nothing may be asked now. */
  async answer(): Promise<AuthorizationAnswer | null> {
    if (!(await this.mayAsk())) return null;
    const reply = await this.unlessRefused(await this.ask(this.client.redirectUri));
    if (reply === null) return onlyRedirectUri(REDIRECT_URI.clientRefused());
    if (reply instanceof Error) return onlyRedirectUri(REDIRECT_URI.silent(reply.message));
    return this.read(reply);
  }

  /** The answer by the other method of client authentication if this one was refused; null if that may not be asked. */
  private async unlessRefused(reply: Reply): Promise<Reply | null> {
    const { method, clientAuthentication = 'automatic' } = this.client;
    if (!isClientRefusal(reply) || clientAuthentication !== 'automatic' || !isSecretMethod(method)) return reply;
    this.client = { ...this.client, method: otherMethod(method) };
    return (await this.mayAsk()) ? this.ask(this.client.redirectUri) : null;
  }

  private async read(reply: TokenAnswer): Promise<AuthorizationAnswer> {
    if (isAccepted(reply)) return this.compared(reply);
    const words = this.wordsIn(reply);
    const { error } = reply;
    if (isClientRefusal(reply)) return { ...onlyRedirectUri(REDIRECT_URI.clientRefused()), refusedClient: words };
    if (isRedirectRefusal(reply)) {
      return onlyRedirectUri(REDIRECT_URI.refused(this.client.redirectUri, `it answers ${words}`));
    }
    const answer = await this.compared(reply);
    const refusedScope = isScopeRefusal(error, descriptionIn(reply.body)) ? words : null;
    const refusedFlow = error !== null && OF_THE_FLOW.test(error) ? words : null;
    return { ...answer, refusedScope, refusedFlow, unusablePush: isOfAnEndpoint(reply) ? null : words };
  }

  private async compared(reply: TokenAnswer): Promise<AuthorizationAnswer> {
    const isTaken = isAccepted(reply);
    const seen = isTaken ? `HTTP ${reply.status}` : this.wordsIn(reply);
    const other = (await this.mayAsk()) ? await this.ask(otherRedirectUri(this.client.redirectUri)) : null;
    if (other === null) return { ...onlyRedirectUri(REDIRECT_URI.notCompared(seen)), isTaken };
    const seenThere = other instanceof Error ? 'nothing' : this.wordsIn(other);
    const isRefused = !(other instanceof Error) && isRedirectRefusal(other);
    const finding = isRefused ? REDIRECT_URI.byComparison(seenThere) : REDIRECT_URI.alike(seen, seenThere);
    return { ...onlyRedirectUri(finding), isTaken };
  }

  private async ask(redirectUri: string): Promise<Reply> {
    const form = authorizationQuestion(this.client, redirectUri);
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' });
    try {
      await authenticate(this.client.method, this.client, form, headers);
      const deadlineMs = Math.max(1, this.sending.endsAt - performance.now());
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

/** Whether an endpoint for pushed requests may have answered so: with an error code, or because of trouble or credentials. */
function isOfAnEndpoint(answer: TokenAnswer): boolean {
  return answer.error !== null || answer.status === 401 || isTrouble(answer);
}

// A bare 401 may come from something before this endpoint, which logins do not use.
function isClientRefusal(reply: Reply): boolean {
  return !(reply instanceof Error) && reply.error !== null && refusesSecret(reply);
}

function descriptionIn(body: TokenAnswer['body']): string {
  return typeof body?.error_description === 'string' ? body.error_description : '';
}

function isRedirectRefusal(answer: TokenAnswer): boolean {
  const { status, error, body } = answer;
  if (status < 400 || error === null || isTrouble(answer)) return false;
  const description = descriptionIn(body);
  if (OF_THE_REDIRECT_URI.test(`${error} ${description}`)) return true;
  return OF_THE_REQUEST.test(error) && !OF_ANOTHER_PARAMETER.test(description);
}
