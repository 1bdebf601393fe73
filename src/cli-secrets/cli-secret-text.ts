import { BadUserInput } from '../common/errors/common.errors.js';
import { checksumOf, randomBase62 } from '../common/crypto/random-text.js';
import { isStrongEnough, SECRET_POLICY } from '../common/crypto/secret-policy.js';
import { SecretText } from '../common/crypto/secret-text.js';

/** The prefix of every generated CLI secret, by which people and secret scanners recognise it. */
export const CLI_SECRET_PREFIX = 'mrg_';

/** 190 random bits. */
const RANDOM_CHARACTERS = 32;

/** A new CLI secret: the prefix, 190 random bits in base62, and six check characters. */
export function generatedSecret(): SecretText {
  const body = CLI_SECRET_PREFIX + randomBase62(RANDOM_CHARACTERS);
  return new SecretText(body + checksumOf(body));
}

/**
 * The kind of a presented secret: `GENERATED`, which cannot be guessed; `BROKEN`, with the prefix but wrong check
 * characters, so that it is certainly nobody's; or `CHOSEN`, which its owner may have chosen.
 */
export function kindOf(secret: SecretText): 'GENERATED' | 'BROKEN' | 'CHOSEN' {
  const text = secret.reveal();
  if (!text.startsWith(CLI_SECRET_PREFIX)) return 'CHOSEN';
  const body = text.slice(0, CLI_SECRET_PREFIX.length + RANDOM_CHARACTERS);
  return text === body + checksumOf(body) ? 'GENERATED' : 'BROKEN';
}

/**
 * Checks a CLI secret that its owner chose.
 *
 * @throws {BadUserInput} if it is too weak, or starts like a generated one
 */
export function chosenSecret(secret: SecretText): SecretText {
  const text = secret.reveal();
  if (text.startsWith(CLI_SECRET_PREFIX)) {
    const message = `must not begin with ${CLI_SECRET_PREFIX}, which marks generated secrets.`;
    throw BadUserInput.field('secret', 'RESERVED_PREFIX', message);
  }
  if (!isStrongEnough(text)) throw BadUserInput.field('secret', 'TOO_WEAK', `is too weak. ${SECRET_POLICY}`);
  return secret;
}
