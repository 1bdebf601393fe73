/** The shortest password or self-chosen CLI secret, in characters. */
export const SECRET_MIN_LENGTH = 8;
/** The longest password or self-chosen CLI secret, in characters. */
export const SECRET_MAX_LENGTH = 128;

/** The rule in words, for messages. */
export const SECRET_POLICY =
  'It takes 8 to 128 characters, with at least one upper-case letter, one lower-case letter and one digit.';

/** The requirements for every password and self-chosen CLI secret. */
export enum SecretRuleName {
  LENGTH = 'LENGTH',
  UPPER_CASE_LETTER = 'UPPER_CASE_LETTER',
  LOWER_CASE_LETTER = 'LOWER_CASE_LETTER',
  DIGIT = 'DIGIT',
}

/** One part of the rule, as a regular expression in the syntax of ECMAScript with the flag u. */
export interface SecretRule {
  readonly name: SecretRuleName;
  readonly pattern: string;
}

/** The parts of the rule. Clients get them unchanged, and check them while a user types. */
export const SECRET_RULES: readonly SecretRule[] = [
  { name: SecretRuleName.LENGTH, pattern: `^[\\s\\S]{${SECRET_MIN_LENGTH},${SECRET_MAX_LENGTH}}$` },
  { name: SecretRuleName.UPPER_CASE_LETTER, pattern: '\\p{Lu}' },
  { name: SecretRuleName.LOWER_CASE_LETTER, pattern: '\\p{Ll}' },
  { name: SecretRuleName.DIGIT, pattern: '[0-9]' },
];

const PATTERNS = SECRET_RULES.map(({ pattern }) => new RegExp(pattern, 'u'));

/** Whether a password or self-chosen CLI secret is strong enough; the only home of this rule. */
export function isStrongEnough(secret: string): boolean {
  return PATTERNS.every((pattern) => pattern.test(secret));
}
