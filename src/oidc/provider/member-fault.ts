import { ProviderError } from './provider.errors.js';

/** The form of a value, without the value: it may be shown and logged. */
export function formOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'number' ? 'a number' : 'true or false';
}

/** The refusal of an answer of the token endpoint for one member, which the text names. */
export function answerFault(member: string, fault: string): ProviderError {
  return new ProviderError(
    `The OpenID provider's token answer can't be used: \`${member}\` ${fault}. An administrator should check the provider.`,
    `token answer: ${member} ${fault}`,
    `token answer: ${member} ${fault}`,
  );
}

/** The refusal of an ID token for one member, which the text names. */
export function idTokenFault(member: string, fault: string): ProviderError {
  return new ProviderError(
    `The OpenID provider's ID token can't be used: \`${member}\` ${fault}. An administrator should check the provider.`,
    `ID token: ${member} ${fault}`,
    `ID token: ${member} ${fault}`,
  );
}
