/** The shortest password or self-chosen CLI secret, in characters. */
export const SECRET_MIN_LENGTH = 8;
/** The longest password or self-chosen CLI secret, in characters. */
export const SECRET_MAX_LENGTH = 128;

/** The rule in words, for messages. */
export const SECRET_POLICY =
  'It takes 8 to 128 characters, with at least one upper-case letter, one lower-case letter and one digit.';

/** Whether a password or self-chosen CLI secret is strong enough: the one home of that rule. */
export function isStrongEnough(secret: string): boolean {
  const length = [...secret].length;
  const hasEach = /\p{Lu}/u.test(secret) && /\p{Ll}/u.test(secret) && /\d/.test(secret);
  return length >= SECRET_MIN_LENGTH && length <= SECRET_MAX_LENGTH && hasEach;
}
