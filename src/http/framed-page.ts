import { policySourceOf } from './policy-source.js';

/** The policy of a page without content that pages of one other server may frame. */
export function framedPagePolicy(framer: string): string {
  return `default-src 'none';base-uri 'none';form-action 'none';frame-ancestors ${policySourceOf(framer) ?? "'none'"}`;
}
