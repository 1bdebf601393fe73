import { randomBase62 } from '../../common/crypto/random-text.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { AuthenticationMemory } from '../provider/authentication-memory.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import {
  authenticate,
  AuthenticationMethod,
  ClientCredentials,
  firstMethod,
  otherMethod,
} from '../provider/client-authentication.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { ProviderMetadata } from '../provider/provider-metadata.js';
import { refusesClient, shownCode, TokenAnswer, tokenAnswerOf } from '../provider/token-endpoint.js';
import { failed, Finding, passed, skipped } from './provider-report.js';

const METHODS = ['client_secret_basic', 'client_secret_post'];

/** The settings that decide whether the client can authenticate. */
export interface TestedClient {
  readonly clientId: string | null;
  readonly clientSecret: SecretText | null;
  readonly redirectUri: string;
  /** What is known of these settings, if they are the ones in force. */
  readonly authentication?: AuthenticationMemory;
}

interface Try {
  readonly method: AuthenticationMethod;
  readonly answer: TokenAnswer | Error;
}

/**
 * Whether the provider accepts the client: sends a token request with an invalid code, whose refusal shows whether the
 * client was recognised. If it was not, the other method of client authentication is tried, as at a login. The method that
 * was accepted is noted.
 *
 * @param deadlineMs the deadline of both requests together, in milliseconds
 */
export async function credentialsFinding(
  client: TestedClient,
  metadata: ProviderMetadata,
  connections: BoundedFetch,
  deadlineMs: number,
): Promise<Finding> {
  const { clientId, clientSecret, authentication, redirectUri } = client;
  if (clientId === null || clientSecret === null) return skipped('The client id or secret is not set.', 'Set both.');
  const published = metadata.token_endpoint_auth_methods_supported;
  const remembered = (await authentication?.remembered()) ?? null;
  const { token_endpoint: url } = metadata;
  const sender = new Sender({ clientId, clientSecret }, redirectUri, url, connections, performance.now() + deadlineMs);
  const tries = await sender.tryFrom(remembered ?? firstMethod(published));
  const accepted = tries.find(isAccepted)?.method ?? null;
  if (accepted !== null) await authentication?.accepted(accepted);
  return findingOf(tries, accepted, remembered === null ? published : null);
}

class Sender {
  constructor(
    private readonly credentials: ClientCredentials,
    private readonly redirectUri: string,
    private readonly url: string,
    private readonly connections: BoundedFetch,
    private readonly endsAt: number,
  ) {}

  async tryFrom(method: AuthenticationMethod): Promise<Try[]> {
    const first = await this.try(method);
    return isRefused(first) ? [first, await this.try(otherMethod(method))] : [first];
  }

  private async try(method: AuthenticationMethod): Promise<Try> {
    const form = invalidCode(this.redirectUri);
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' });
    authenticate(method, this.credentials, form, headers);
    if (method === 'client_secret_basic') form.set('client_id', this.credentials.clientId);
    const deadlineMs = Math.max(1, this.endsAt - performance.now());
    const request = { method: 'POST', headers, body: form.toString(), deadlineMs };
    return { method, answer: await this.connections.fetch(this.url, request).then(read, asProviderFailure) };
  }
}

function invalidCode(redirectUri: string): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'authorization_code',
    code: `mooring-test-${randomBase62(32)}`,
    redirect_uri: redirectUri,
    code_verifier: randomBase62(43),
  });
}

async function read(answer: Response): Promise<TokenAnswer> {
  return tokenAnswerOf(answer.status, await answer.text());
}

function isRefused({ answer }: Try): boolean {
  return !(answer instanceof Error) && refusesClient(answer);
}

function isAccepted({ answer }: Try): boolean {
  return !(answer instanceof Error) && answer.error === 'invalid_grant';
}

function findingOf(
  tries: readonly Try[],
  accepted: AuthenticationMethod | null,
  published: readonly string[] | null,
): Finding {
  const refusals = tries.filter(isRefused).map(told).join(', and ');
  if (published && published.length > 0 && !published.some((method) => METHODS.includes(method))) {
    return notOffered(published, refusals);
  }
  if (accepted !== null) {
    const before = refusals === '' ? '' : `The provider refuses ${refusals}. `;
    return passed(
      `${before}The provider accepts the client by ${accepted}; it refused only the invalid code of this test.`,
    );
  }
  const last = tries.at(-1)?.answer;
  if (last instanceof Error) return skipped(`No usable answer: ${reasonOf(last)}.`);
  if (refusals === '' || tries.filter(isRefused).length < tries.length) {
    return skipped("The provider's answer does not show whether the client id and secret are right.");
  }
  const remedy =
    'Compare client id and secret with those registered at the provider, and check that the client may use the code flow.';
  return failed(`The provider refuses the client: ${refusals}.`, remedy);
}

function notOffered(published: readonly string[], refusals: string): Finding {
  const listed = published.slice(0, 10).map((method) => (/^[a-z0-9_]{1,64}$/.test(method) ? method : 'another'));
  const detail = `The provider publishes only ${listed.join(', ')} for client authentication; no method of Mooring's is offered.`;
  const remedy = `Let the provider accept ${METHODS.join(' or ')} from this client.`;
  return failed(refusals === '' ? detail : `${detail} It refuses ${refusals}.`, remedy);
}

function told({ method, answer }: Try): string {
  if (answer instanceof Error) return method;
  return `${method} (${answer.error === null ? `HTTP ${answer.status}` : shownCode(answer.error)})`;
}

function reasonOf(failure: Error & { readonly detail?: string }): string {
  return failure.detail ?? failure.message;
}
