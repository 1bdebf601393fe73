import { SecretText } from '../../common/crypto/secret-text.js';

/** The methods of client authentication that send the client secret (OpenID Connect Core 1.0, section 9). */
export type SecretMethod = 'client_secret_basic' | 'client_secret_post';

/** The methods of client authentication (OpenID Connect Core 1.0, section 9). */
export type AuthenticationMethod = SecretMethod | 'none' | 'private_key_jwt';

/** The client id and secret with which Mooring is registered at the provider. */
export interface ClientCredentials {
  readonly clientId: string;
  /** Null if the client has none. */
  readonly clientSecret: SecretText | null;
  /** Signs a new assertion for one request. */
  readonly assertion: () => Promise<string>;
}

/**
 * The method that is tried first, from the methods that the provider publishes: `client_secret_post` if it publishes that
 * one without `client_secret_basic`, else `client_secret_basic`, which is the default (OpenID Connect Discovery 1.0,
 * section 3).
 *
 * @param published null if the provider publishes none
 */
export function firstMethod(published: readonly string[] | null): SecretMethod {
  const isPostOnly = published?.includes('client_secret_post') && !published.includes('client_secret_basic');
  return isPostOnly ? 'client_secret_post' : 'client_secret_basic';
}

/** The method that is tried after a refusal of this one, whether the provider publishes it or not. */
export function otherMethod(method: SecretMethod): SecretMethod {
  return method === 'client_secret_basic' ? 'client_secret_post' : 'client_secret_basic';
}

/** Whether a method sends the client secret. */
export function isSecretMethod(method: AuthenticationMethod): method is SecretMethod {
  return method === 'client_secret_basic' || method === 'client_secret_post';
}

type Authenticate = (credentials: ClientCredentials, form: URLSearchParams, headers: Headers) => void | Promise<void>;

const AUTHENTICATE: Readonly<Record<AuthenticationMethod, Authenticate>> = {
  client_secret_basic: ({ clientId, clientSecret }, _form, headers) => {
    const pair = `${formEncoded(clientId)}:${formEncoded(revealed(clientSecret))}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  },
  client_secret_post: ({ clientId, clientSecret }, form) => {
    form.set('client_id', clientId);
    form.set('client_secret', revealed(clientSecret));
  },
  none: ({ clientId }, form) => {
    form.set('client_id', clientId);
  },
  private_key_jwt: async ({ clientId, assertion }, form) => {
    form.set('client_id', clientId);
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', await assertion());
  },
};

/**
 * Adds the client authentication to the form or to the headers of a token request (RFC 6749, section 2.3.1; a public client
 * names itself, section 3.2.1; RFC 7523, section 2.2). Throws what the assertion throws.
 */
export async function authenticate(
  method: AuthenticationMethod,
  credentials: ClientCredentials,
  form: URLSearchParams,
  headers: Headers,
): Promise<void> {
  await AUTHENTICATE[method](credentials, form, headers);
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

function revealed(secret: SecretText | null): string {
  if (secret === null) throw new Error('The client has no secret.');
  return secret.reveal();
}
