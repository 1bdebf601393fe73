import { SignJWT } from 'jose';
import { ASSERTION_ALGORITHMS, AssertionAlgorithm, AssertionKey } from '../../common/crypto/assertion-key.js';
import { Clock } from '../../common/runtime/clock.js';
import { newId } from '../../common/persistence/ids.js';
import { ClientCredentials } from './client-authentication.js';
import { ProviderMetadata } from './provider-metadata.js';
import { ProviderError } from './provider.errors.js';
import { ProviderSettings } from './provider-settings.js';

/** The life of an assertion, in seconds: it is used once, and at once. */
const ASSERTION_SECONDS = 60;

type Published = Pick<
  ProviderMetadata,
  'issuer' | 'token_endpoint' | 'token_endpoint_auth_signing_alg_values_supported'
>;
type Asserting = Pick<ProviderSettings, 'clientSecret' | 'clientAssertionAudience' | 'assertionKeys'> & {
  readonly clientId: string;
};

/** The credentials of a client at a provider. Each assertion is a new one (RFC 7523, section 3). */
export function credentialsAt(client: Asserting, provider: Published, clock: Clock): ClientCredentials {
  const { clientId, clientSecret, assertionKeys } = client;
  return {
    ...{ clientId, clientSecret },
    assertion: async () => {
      if (!assertionKeys) throw new Error('The client has no key for assertions.');
      const algorithm = assertionAlgorithm(provider);
      return signedAssertion(client, provider, algorithm, await assertionKeys(algorithm), clock.now());
    },
  };
}

/**
 * The algorithm of assertions: ES256 if the provider lists it, else RS256 if it lists that one, or nothing (OpenID Connect
 * Discovery 1.0, section 3: providers should support it).
 *
 * @throws {ProviderError} if it lists others only
 */
export function assertionAlgorithm({
  token_endpoint_auth_signing_alg_values_supported: listed,
}: Published): AssertionAlgorithm {
  if (!listed?.length) return 'RS256';
  const algorithm = ASSERTION_ALGORITHMS.find((one) => listed.includes(one));
  if (algorithm) return algorithm;
  throw new ProviderError(
    'The OpenID provider takes client assertions signed by neither ES256 nor RS256. An administrator should choose another client authentication.',
    'token_endpoint_auth_signing_alg_values_supported has neither ES256 nor RS256',
    'discovery document: no algorithm for client assertions that can be used',
  );
}

// One audience, as one text: providers refuse several, or a list (draft-ietf-oauth-rfc7523bis, section 4).
function signedAssertion(
  { clientId, clientAssertionAudience = 'issuer' }: Asserting,
  provider: Published,
  alg: AssertionAlgorithm,
  { kid, privateKey }: AssertionKey,
  now: Date,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const aud = clientAssertionAudience === 'issuer' ? provider.issuer : provider.token_endpoint;
  const times = { iat: seconds, exp: seconds + ASSERTION_SECONDS };
  const claims = { iss: clientId, sub: clientId, aud, jti: newId(), ...times };
  return new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(privateKey);
}
