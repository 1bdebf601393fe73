import { BadUserInput } from '../../common/errors/common.errors.js';
import { isStrongEnough, SECRET_POLICY } from '../../common/crypto/secret-policy.js';
import { SecretText } from '../../common/crypto/secret-text.js';

/**
 * Checks a new password against the rule for secrets.
 *
 * @param field the name of the input's field, for the error
 * @throws {BadUserInput} if the password is too weak
 */
export function demandStrength(password: SecretText, field: string): void {
  if (isStrongEnough(password.reveal())) return;
  throw BadUserInput.field(field, 'TOO_WEAK', `is too weak. ${SECRET_POLICY}`);
}
