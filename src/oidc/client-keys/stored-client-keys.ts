import { createPrivateKey } from 'node:crypto';
import type { Cipher } from '../../common/crypto/cipher.js';
import { openIfPossible } from '../../common/crypto/sealed-value.js';
import { clientJwkOf, ClientKeyRing, OpenedClientKey } from './client-key-ring.js';
import type { ClientKey } from './client-key.entity.js';

/** The sealing context of a stored client key. */
export const clientKeyContext = (id: string) => ({ table: 'client_keys', column: 'sealed_private_key', row: id });

/** The keys that some rows hold. Those that can't be decrypted neither sign nor are published; the other ones still work. */
export function clientKeyRingOf(rows: readonly ClientKey[], cipher: Cipher): ClientKeyRing {
  return new ClientKeyRing(rows.map((row) => opened(row, cipher)).filter((key) => key !== null));
}

function opened({ id, algorithm, sealedPrivateKey, signsFrom }: ClientKey, cipher: Cipher): OpenedClientKey | null {
  const pem = openIfPossible(cipher, sealedPrivateKey, clientKeyContext(id));
  if (pem === null) return null;
  const privateKey = createPrivateKey(pem);
  return { id, algorithm, privateKey, jwk: clientJwkOf(privateKey, algorithm), signsFrom };
}
