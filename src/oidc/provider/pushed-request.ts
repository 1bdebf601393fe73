import { DomainError } from '../../common/errors/domain-error.js';
import { refusalInWords } from './authorization-answer.js';
import { ProviderBusy } from './authorization.errors.js';
import { EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { clientRefused, isSilence } from './provider-failure.js';
import { providerWords, ProviderWords } from './provider-words.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';
import { isTelling } from './secret-parts.js';
import { shownCode, TokenAnswer, TokenAttempt, TokenEndpoint } from './token-endpoint.js';

const LONGEST_REQUEST_URI = 2000;
/** More of a description is not shown, nor compared with what must not be shown. */
const LONGEST_DESCRIPTION = 1000;

/** What an error is told with. */
export interface PushedRequestMeans {
  /** The scopes that are asked for. */
  readonly scopes: readonly string[];
  /** Texts of which no part may be told: the provider may quote what it was sent. */
  readonly secrets: readonly string[];
}

/** The endpoint for pushed authorization requests (RFC 9126) of one provider. */
export class PushedRequests {
  /** @param endpoint asked as the token endpoint is: the client authenticates in the same way (section 2) */
  constructor(
    private readonly endpoint: TokenEndpoint,
    private readonly means: PushedRequestMeans,
  ) {}

  /**
   * Pushes the request of one login.
   *
   * @returns the `request_uri` that stands for it, for one redirect
   * @throws {ProviderUnavailable} if the provider did not answer
   * @throws {ProviderError} if it refused the client, or its answer can't be used
   * @throws the refusals of a login, in the words of the provider
   */
  async push(request: URLSearchParams): Promise<string> {
    const sent = { deadlineMs: EXCHANGE_DEADLINE_MS, isRefused: refusesPushingClient };
    const attempt = await this.endpoint.ask(request, sent);
    const uri = requestUriIn(attempt.answer);
    if (uri === null) throw pushedRefusal(attempt, this.means);
    this.endpoint.noteAccepted(attempt.method);
    await this.endpoint.noted();
    return uri;
  }
}

/** Whether an answer refuses the client, so that another method may help: 401, or an error that says so (section 2.3). */
export function refusesPushingClient({ status, error }: TokenAnswer): boolean {
  return error === 'invalid_client' || (status === 401 && (error === null || error === 'unauthorized_client'));
}

function requestUriIn({ status, error, body }: TokenAnswer): string | null {
  const uri = body?.request_uri;
  // Section 2.2: 201; some providers answer 200.
  if ((status !== 201 && status !== 200) || error !== null || typeof uri !== 'string') return null;
  return uri !== '' && uri.length <= LONGEST_REQUEST_URI ? uri : null;
}

/** The refusal that an answer without a usable `request_uri` stands for. */
function pushedRefusal({ answer, refused }: TokenAttempt, { scopes, secrets }: PushedRequestMeans): DomainError {
  const detail = `pushed request: ${[refused, answer].flatMap((one) => (one === null ? [] : [detailOf(one)])).join(', then ')}`;
  if (refusesPushingClient(answer)) return clientRefused(detail);
  const told = answer.error === null ? null : refusalInWords(tellable(answer, secrets), scopes);
  // Section 2.3: 429; its error code, if any, is one of the provider's own.
  if (isSilence(answer.status) && !(told instanceof ProviderBusy)) return new ProviderUnavailable(detail);
  return told ?? unreadable(answer);
}

function tellable({ error, body }: TokenAnswer, secrets: readonly string[]): ProviderWords {
  const told = body?.error_description;
  const description = typeof told === 'string' ? told.slice(0, LONGEST_DESCRIPTION) : null;
  const [code, words] = [error ?? '', description].map((text) =>
    text === null || isTelling(text, secrets) ? null : text,
  );
  return providerWords(code ?? 'an unknown error code', words);
}

function detailOf({ status, error }: TokenAnswer): string {
  return error === null ? `HTTP ${status}` : `HTTP ${status} ${shownCode(error)}`;
}

function unreadable({ status, body }: TokenAnswer): ProviderError {
  const isDone = status === 200 || status === 201;
  const lack = body === null ? 'it is not a JSON object' : 'it has no usable `request_uri`';
  const fault = isDone ? lack : `it is HTTP ${status} without an error code`;
  return new ProviderError(
    `The OpenID provider's answer to the pushed authorization request can't be used: ${fault}. An administrator should check the provider.`,
    `pushed request: ${fault}`,
    `pushed request: ${fault}`,
  );
}
