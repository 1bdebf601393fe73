import { BoundedFetch } from './bounded-fetch.js';
import { AuthenticationMemory } from './authentication-memory.js';
import {
  authenticate,
  AuthenticationMethod,
  ClientCredentials,
  firstMethod,
  isSecretMethod,
  otherMethod,
} from './client-authentication.js';
import { Claims } from './claim-paths.js';

const SHORTEST_DEADLINE_MS = 1_000;
/** The provider refuses the client or its request, not the code or the refresh token (RFC 6749, section 5.2). */
const OF_THE_CLIENT = new Set(['invalid_client', 'unsupported_grant_type', 'invalid_scope', 'invalid_target']);
/** These count for more than the status: the code or the refresh token was refused, or the provider is in trouble. */
const NOT_OF_THE_CLIENT = new Set(['invalid_grant', 'temporarily_unavailable', 'server_error', 'slow_down']);
const ERROR_CODE = /^[a-z][a-z0-9_.-]{0,63}$/;

/** An answer of the token endpoint, as it came. */
export interface TokenAnswer {
  readonly status: number;
  readonly text: string;
  /** The answer as a JSON object; null if it is not one. */
  readonly body: Claims | null;
  /** The member `error`; null if it is absent, or is not a text. */
  readonly error: string | null;
}

/** The answer to a request, and the methods of client authentication that were tried. */
export interface TokenAttempt {
  readonly method: AuthenticationMethod;
  readonly answer: TokenAnswer;
  /** The answer to the first try, if the client was refused there and the other method was tried; else null. */
  readonly refused: TokenAnswer | null;
}

/** The credentials of the client, and the method that is used; null: both that send the secret are tried. */
export interface TokenClient extends ClientCredentials {
  readonly method: AuthenticationMethod | null;
}

/** How a request to the token endpoint is sent. */
export interface TokenRequest {
  /** The deadline of the request, the second try included; in milliseconds. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | null;
  /** Whether an answer refuses the client, so that the other method may help. */
  readonly isRefused: (answer: TokenAnswer) => boolean;
}

/** The token endpoint of one provider, and how the client authenticates there. */
export class TokenEndpoint {
  private noting: Promise<void> = Promise.resolve();

  /** @param published the methods that the provider publishes; null if it publishes none */
  constructor(
    private readonly url: string,
    private readonly published: readonly string[] | null,
    private readonly client: TokenClient,
    private readonly memory: AuthenticationMemory,
    private readonly connections: BoundedFetch,
  ) {}

  /**
   * Sends a form with the method of client authentication that was accepted last, else with the one that the provider
   * publishes. If the client is refused, sends it once more with the other method, whether that is published or not. A method
   * that was chosen is the only one.
   *
   * @throws the error of the exchange
   */
  async ask(form: URLSearchParams, request: TokenRequest): Promise<TokenAttempt> {
    const { method: chosen } = this.client;
    return chosen === null ? this.askByEither(form, request) : this.askBy(chosen, form, request);
  }

  private async askBy(method: AuthenticationMethod, form: URLSearchParams, request: TokenRequest) {
    return { method, answer: await this.send(form, method, request, request.deadlineMs), refused: null };
  }

  private async askByEither(form: URLSearchParams, request: TokenRequest): Promise<TokenAttempt> {
    const endsAt = performance.now() + request.deadlineMs;
    const method = (await this.memory.remembered()) ?? firstMethod(this.published);
    const answer = await this.send(form, method, request, request.deadlineMs);
    if (!request.isRefused(answer) || !(await this.memory.mayTryOther(method))) {
      return this.note({ method, answer, refused: null });
    }
    const other = otherMethod(method);
    const left = Math.max(SHORTEST_DEADLINE_MS, endsAt - performance.now());
    return this.note({ method: other, answer: await this.send(form, other, request, left), refused: answer });
  }

  /** Notes that a method with the secret was accepted, although the answer has no tokens. */
  noteAccepted(method: AuthenticationMethod): void {
    if (isSecretMethod(method)) this.noting = this.memory.accepted(method);
  }

  /** Waits until the accepted method is noted: tokens that have arrived are stored first. */
  async noted(): Promise<void> {
    await this.noting;
  }

  private note(attempt: TokenAttempt): TokenAttempt {
    if (hasTokens(attempt.answer)) this.noteAccepted(attempt.method);
    return attempt;
  }

  private async send(
    form: URLSearchParams,
    method: AuthenticationMethod,
    { signal }: TokenRequest,
    deadlineMs: number,
  ): Promise<TokenAnswer> {
    const body = new URLSearchParams(form);
    const headers = new Headers({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    });
    await authenticate(method, this.client, body, headers);
    const request = { method: 'POST', headers, body: body.toString(), signal, deadlineMs };
    const answer = await this.connections.fetch(this.url, request);
    return tokenAnswerOf(answer.status, await answer.text());
  }
}

/** Reads an answer of the token endpoint. */
export function tokenAnswerOf(status: number, text: string): TokenAnswer {
  const body = objectIn(text);
  const error = body?.error;
  return { status, text, body, error: typeof error === 'string' && error !== '' ? error : null };
}

/** Whether an answer is a success: 200 without an `error`. */
export function isSuccess({ status, error, body }: TokenAnswer): boolean {
  return status === 200 && error === null && body !== null;
}

/** Whether an answer is a success with tokens in it, so that the client was accepted. */
export function hasTokens(answer: TokenAnswer): boolean {
  const { access_token: accessToken, id_token: idToken } = answer.body ?? {};
  return isSuccess(answer) && (typeof accessToken === 'string' || typeof idToken === 'string');
}

/** Whether an answer to a refresh refuses the client: 401, or an error code that says so, under any status. */
export function refusesClient({ status, error }: TokenAnswer): boolean {
  if (error !== null && NOT_OF_THE_CLIENT.has(error)) return false;
  return status === 401 || error === 'unauthorized_client' || (error !== null && OF_THE_CLIENT.has(error));
}

/** Whether an answer to a code refuses the client; some providers put a sentence where the error code belongs. */
export function refusesClientAtCode(answer: TokenAnswer): boolean {
  const { status, error } = answer;
  const isSentence = error !== null && !ERROR_CODE.test(error);
  return refusesClient(answer) || (isSentence && (status === 400 || status === 200));
}

/** An error code as it may be shown and logged. */
export function shownCode(error: string): string {
  return ERROR_CODE.test(error) ? error : 'an unknown error code';
}

function objectIn(text: string): Claims | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}
