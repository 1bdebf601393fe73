import { Logger } from '@nestjs/common';
import { BoundedFetch, BoundedRequest, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { codeAnswer, codeRefusal } from './code-answer.js';
import { CodeSpent } from './provider.errors.js';
import { refusesClientAtCode, TokenEndpoint } from './token-endpoint.js';
import { RevocableTokens, revocableIn } from './token-revocation.js';

/** Sends the codes of logins for openid-client, which makes the form and checks the answer that is left. */
export class CodeExchange {
  private readonly logger = new Logger(CodeExchange.name);
  private readonly told = new Set<string>();

  constructor(
    private readonly endpoint: TokenEndpoint,
    private readonly connections: BoundedFetch,
  ) {}

  /**
   * Sends a request of openid-client; one to the token endpoint with our client authentication. The answer has only the
   * members that the standard knows, in its form.
   *
   * @param noteTokens hears of the tokens in its answer, whether or not the answer can be used
   * @throws {CodeSpent} if the first method of client authentication was refused, and the code with it
   * @throws {ProviderUnavailable} if the provider did not answer
   * @throws {ProviderError} if it refused the code or the client, or a member of its answer can't be used
   */
  async send(url: string, request: BoundedRequest, noteTokens?: (tokens: RevocableTokens) => void): Promise<Response> {
    if (request.method !== 'POST') return this.connections.fetch(url, request);
    const form = new URLSearchParams(request.body as URLSearchParams);
    const { signal } = request;
    const sent = { deadlineMs: EXCHANGE_DEADLINE_MS, signal, isRefused: refusesClientAtCode };
    const attempt = await this.endpoint.ask(form, sent);
    const refusal = codeRefusal(attempt);
    if (refusal instanceof CodeSpent) this.endpoint.noteAccepted(attempt.method);
    await this.endpoint.noted();
    if (refusal !== null) throw refusal;
    const revocable = revocableIn(attempt.answer);
    if (revocable !== null) noteTokens?.(revocable);
    const { tokens, tolerated } = codeAnswer(attempt.answer);
    this.tellTolerated(tolerated);
    return Response.json(tokens);
  }

  // Once for each client: a provider that does it once does it always.
  private tellTolerated(tolerated: readonly string[]): void {
    for (const what of tolerated.filter((one) => !this.told.has(one))) {
      this.told.add(what);
      this.logger.warn({ detail: what }, 'The token answer of the provider differs from the standard; it is used.');
    }
  }
}
