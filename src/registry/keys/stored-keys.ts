import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Cipher } from '../../common/crypto/cipher.js';
import { openIfPossible } from '../../common/crypto/sealed-value.js';
import { KeyRing, publicJwkOf, TokenKey } from './key-ring.js';
import { SigningKey, SigningKeyUse } from './signing-key.entity.js';

/** The sealing context of a stored signing key. */
export const signingKeyContext = (id: string) => ({ table: 'signing_keys', column: 'sealed_private_key', row: id });

/**
 * The keys that some rows hold.
 *
 * @throws if the certificate is missing, or its key can't be opened
 */
export function ringOf(rows: readonly SigningKey[], cipher: Cipher): KeyRing {
  const keys = rows.map((row) => keyOf(row, cipher)).filter((key) => key !== null);
  const authority = rows.find(({ use }) => use === SigningKeyUse.CERTIFICATE);
  const own = keys.find(({ id }) => id === authority?.id);
  if (!authority?.certificate || !own)
    throw new Error('The certificate of the registry token service is missing, or its key cannot be opened.');
  const ofTokens = keys.filter((key) => key !== own);
  return new KeyRing({ privateKey: own.privateKey, certificate: authority.certificate }, ofTokens);
}

/** Null for a key that cannot be opened: it no longer signs, and its tokens are refused; the other keys still work. */
export function keyOf({ id, sealedPrivateKey, signsFrom }: SigningKey, cipher: Cipher): TokenKey | null {
  const pem = openIfPossible(cipher, sealedPrivateKey, signingKeyContext(id));
  if (pem === null) return null;
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  return { id, privateKey, publicKey, jwk: publicJwkOf(publicKey), signsFrom };
}
