import { ClientAuth, ClientSecretPost } from 'openid-client';
import { SecretText } from '../../common/crypto/secret-text.js';

/**
 * The client authentication at the token endpoint: `client_secret_post` if the provider publishes it, else
 * `client_secret_basic`, which is the default (OIDC Core 1.0, section 9; Discovery 1.0, section 3).
 */
export function clientAuthentication(methods: readonly string[] | null, secret: SecretText): ClientAuth {
  if (methods?.includes('client_secret_post')) return ClientSecretPost(secret.reveal());
  return (_server, client, _body, headers) => {
    const pair = `${formEncoded(client.client_id)}:${formEncoded(secret.reveal())}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
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
