import { Claims } from './claim-paths.js';

/**
 * The members of an object that are texts, numbers, flags, or lists of these; the members of documents and keys that are used
 * have no other form. The libraries copy such objects step by step, and a deeply nested member would exhaust their stack.
 */
export function flatMembers(object: Claims): Claims {
  const isFlat = (value: unknown) => (Array.isArray(value) ? value.every(isSimple) : isSimple(value));
  return Object.fromEntries(Object.entries(object).filter(([, value]) => isFlat(value)));
}

function isSimple(value: unknown): boolean {
  return typeof value !== 'object';
}
