import { SecretText } from '../../common/crypto/secret-text.js';

/** The methods of client authentication that send the client secret (OpenID Connect Core 1.0, section 9). */
export type AuthenticationMethod = 'client_secret_basic' | 'client_secret_post';

/** The client id and secret with which Mooring is registered at the provider. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: SecretText;
}

/**
 * The method that is tried first, from the methods that the provider publishes: `client_secret_post` if it publishes that
 * one without `client_secret_basic`, else `client_secret_basic`, which is the default (OpenID Connect Discovery 1.0,
 * section 3).
 *
 * @param published null if the provider publishes none
 */
export function firstMethod(published: readonly string[] | null): AuthenticationMethod {
  const isPostOnly = published?.includes('client_secret_post') && !published.includes('client_secret_basic');
  return isPostOnly ? 'client_secret_post' : 'client_secret_basic';
}

/** The method that is tried after a refusal of this one, whether the provider publishes it or not. */
export function otherMethod(method: AuthenticationMethod): AuthenticationMethod {
  return method === 'client_secret_basic' ? 'client_secret_post' : 'client_secret_basic';
}

/** Adds the client authentication to the form or to the headers of a token request (RFC 6749, section 2.3.1). */
export function authenticate(
  method: AuthenticationMethod,
  { clientId, clientSecret }: ClientCredentials,
  form: URLSearchParams,
  headers: Headers,
): void {
  if (method === 'client_secret_post') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret.reveal());
    return;
  }
  const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret.reveal())}`;
  headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
}

/**
 * Encodes a value as in RFC 6749, section 2.3.1. Letters, digits and `- _ . ~` stay as they are: some
 * providers compare the header without decoding it.
 */
export function formEncoded(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
