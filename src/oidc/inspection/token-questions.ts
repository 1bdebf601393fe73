import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { randomBase62 } from '../../common/crypto/random-text.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { BoundedFetch } from '../provider/bounded-fetch.js';
import {
  authenticate,
  AuthenticationMethod,
  ClientCredentials,
  isSecretMethod,
} from '../provider/client-authentication.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { TokenAnswer, tokenAnswerOf } from '../provider/token-endpoint.js';
import { isTrouble } from './client-refusal.js';

/** Begins every secret and client id of this test, so that it is recognised in the log of a provider. */
const NOT_A_SECRET = 'mooring-test-not-a-secret-';
const NOT_A_CLIENT = 'mooring-test-not-a-client-';

/** A question to the token endpoint: about a made-up refresh token, or about a made-up code. */
export type TokenQuestion = 'refresh' | 'code';

/** The answer to a question, or why there is none. */
export type TokenReply = TokenAnswer | Error;

/** Asks the token endpoint about refresh tokens and codes that do not exist. */
export class TokenQuestions {
  constructor(
    private readonly redirectUri: string,
    private readonly url: string,
    private readonly connections: Pick<BoundedFetch, 'fetch'>,
    /** When every request ends, by `performance.now()`. */
    private readonly endsAt: number,
  ) {}

  /** Asks one question. Never throws. */
  async ask(
    question: TokenQuestion,
    method: AuthenticationMethod,
    credentials: ClientCredentials,
  ): Promise<TokenReply> {
    const form = this.formOf(question, credentials.clientId);
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' });
    try {
      await authenticate(method, credentials, form, headers);
      const deadlineMs = Math.max(1, this.endsAt - performance.now());
      const request = { method: 'POST', headers, body: form.toString(), deadlineMs };
      const answer = await this.connections.fetch(this.url, request);
      return tokenAnswerOf(answer.status, await answer.text());
    } catch (error) {
      return asProviderFailure(error);
    }
  }

  private formOf(question: TokenQuestion, clientId: string): URLSearchParams {
    const madeUp = `mooring-test-${randomBase62(32)}`;
    if (question === 'refresh') return new URLSearchParams({ grant_type: 'refresh_token', refresh_token: madeUp });
    // As at a login, whatever the method.
    const proof = { client_id: clientId, redirect_uri: this.redirectUri, code_verifier: randomBase62(43) };
    return new URLSearchParams({ grant_type: 'authorization_code', code: madeUp, ...proof });
  }
}

/** Whether an answer tells anything: not silence, 429, 5xx or another word of trouble. */
export function isUsable(reply: TokenReply | undefined): reply is TokenAnswer {
  return reply !== undefined && !(reply instanceof Error) && !isTrouble(reply);
}

/** Credentials that the provider must refuse if it looks at them: a secret or key that nobody has, or a client that is not registered. */
export function madeUpCredentials(method: AuthenticationMethod, client: ClientCredentials): ClientCredentials {
  if (isSecretMethod(method)) return { ...client, clientSecret: new SecretText(`${NOT_A_SECRET}${randomBase62(24)}`) };
  if (method === 'none') return { ...client, clientId: `${NOT_A_CLIENT}${randomBase62(24)}` };
  return { ...client, assertion: async () => byAnotherKey(await client.assertion()) };
}

/** The same assertion, signed by a key that nobody has registered. */
async function byAnotherKey(assertion: string): Promise<string> {
  const { alg = '', ...header } = decodeProtectedHeader(assertion);
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(decodeJwt(assertion)).setProtectedHeader({ ...header, alg }).sign(privateKey);
}
