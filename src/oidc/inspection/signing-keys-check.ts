import { createPublicKey, JsonWebKey } from 'node:crypto';
import { isObject } from '../provider/claim-paths.js';
import { flatMembers } from '../provider/flat-members.js';
import { ALGORITHMS } from '../provider/signing-keys.js';
import { Document } from './discovery-lists.js';
import { failed, Finding, passed } from './provider-report.js';

const SHORTEST_RSA_BITS = 2048;
const ADD_A_KEY = 'Add an RSA, EC or Ed25519 signing key at the provider, and let it sign ID tokens with that key.';
const REACH = "Check that Mooring's server can reach the provider's key set.";
const ONLY_A_LOGIN = 'Only a login can tell by which algorithm ID tokens for this client are signed.';

/** Every cause of a finding about the keys, with its remedy. */
export const SIGNING_KEYS = {
  notReadable: (reason: string) => failed(`The key set can't be read: ${reason}.`, REACH),
  notASet: () =>
    failed(
      'The key set is not a JSON Web Key Set.',
      "Check the provider's own configuration of its key set (jwks_uri).",
    ),
  noKey: () => failed('The key set holds no usable public key for signatures.', ADD_A_KEY),
  noAlgorithm: () =>
    failed(
      'ID tokens are signed only with algorithms that are not accepted, such as HS256 or none.',
      'Choose a signing algorithm with a public key, such as RS256, for this client at the provider.',
    ),
  noKeyFor: (algorithms: string) =>
    failed(`The key set holds no key for ${algorithms}, by which ID tokens are signed.`, ADD_A_KEY),
  held: (keys: number, having: string, lacking: string) => {
    const held = `The key set holds ${keys} usable signing ${keys === 1 ? 'key' : 'keys'}, for ${having}.`;
    // Keycloak makes a key when its algorithm is first asked for.
    return passed([ONLY_A_LOGIN, held, ...(lacking ? [`There is none yet for ${lacking}.`] : [])].join(' '));
  },
} satisfies Record<string, (...seen: never[]) => Finding>;

type PublishedKey = Readonly<Record<string, unknown>>;

/** The kind of key that verifies an algorithm, as `kty` or `kty crv` (RFC 7518, sections 3.1 and 6.1; RFC 8037, section 2). */
const KEY_KINDS: Readonly<Record<string, readonly string[]>> = {
  ES256: ['EC P-256'],
  ES384: ['EC P-384'],
  ES512: ['EC P-521'],
  EdDSA: ['OKP Ed25519'],
  Ed25519: ['OKP Ed25519'],
};

/**
 * Whether the provider's key set can verify its ID tokens: the algorithms that the document lists are compared with the
 * keys. Without a list the algorithm is RS256.
 */
export function signingKeysFinding(document: Document, keySet: unknown): Finding {
  const keys = (keySet as { keys?: unknown } | null | undefined)?.keys;
  if (!Array.isArray(keys)) return SIGNING_KEYS.notASet();
  const signing = signingKeysIn(keys);
  if (signing.length === 0) return SIGNING_KEYS.noKey();
  const accepted = acceptedBy(document);
  if (accepted.length === 0) return SIGNING_KEYS.noAlgorithm();
  const [having = '', lacking = ''] = [true, false].map((has) =>
    accepted.filter((algorithm) => signing.some((key) => verifies(algorithm, key)) === has).join(', '),
  );
  return having ? SIGNING_KEYS.held(signing.length, having, lacking) : SIGNING_KEYS.noKeyFor(lacking);
}

// Not `listIn`: a login takes an empty list for one that accepts nothing.
function acceptedBy({ id_token_signing_alg_values_supported: listed }: Document): readonly string[] {
  const names: readonly unknown[] = Array.isArray(listed) ? listed : ['RS256'];
  return ALGORITHMS.filter((algorithm) => names.includes(algorithm));
}

function verifies(algorithm: string, { kty, crv, alg }: PublishedKey): boolean {
  const kinds = KEY_KINDS[algorithm] ?? ['RSA'];
  const isOfKind = kinds.includes(String(kty)) || kinds.includes(`${String(kty)} ${String(crv)}`);
  return isOfKind && (alg === undefined || alg === algorithm);
}

// Read as at a login: members of a form that no member has are left out.
function signingKeysIn(keys: readonly unknown[]): PublishedKey[] {
  const readable = keys.filter((key) => isObject(key)).map(flatMembers);
  return readable.filter(
    (key) => ['RSA', 'EC', 'OKP'].includes(String(key.kty)) && isForSignatures(key) && isSound(key),
  );
}

function isForSignatures({ use, key_ops: operations }: PublishedKey): boolean {
  const isForVerifying = operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
  return (use === undefined || use === 'sig') && isForVerifying;
}

/** Whether a login could use the key: it is public, can be read, and is long enough (RFC 7518, section 3.3). */
function isSound({ d, kty, crv, n, e, x, y }: PublishedKey): boolean {
  if (d !== undefined) return false;
  if (n === undefined && x === undefined) return true;
  try {
    const key = createPublicKey({ key: { kty, crv, n, e, x, y } as JsonWebKey, format: 'jwk' });
    return kty !== 'RSA' || (key.asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_RSA_BITS;
  } catch {
    return false;
  }
}
