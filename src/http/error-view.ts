import type { PublicError } from '../common/errors/public-error.js';

/** What another server said about an error, in its own words. */
export interface Quotation {
  readonly error: string;
  readonly description: string | null;
}

/** What the page of an error says: the server's own page, and the screen of the portal. */
export interface ErrorView {
  /** The headline. */
  readonly title: string;
  readonly message: string;
  readonly code: string;
  /** What the provider said of it. */
  readonly said: Quotation | null;
  /** Where the same can be tried again, as a path for browsers; null if it can't. */
  readonly again: string | null;
}

/** What failed, as the page of its error names it. */
export interface Failed {
  /** The headline of an error that has none of its own. */
  readonly title: string;
  /** Where the same can be tried again, as a path for browsers; null if it can't. */
  readonly again: string | null;
}

/** A request of which no more is known. */
export const REQUEST_FAILED: Failed = { title: 'Request failed', again: null };

/** What a person sees of an error. The only home of this rule. */
export function errorViewOf(error: PublicError, { title, again }: Failed): ErrorView {
  const { code, message, headline, extensions } = error;
  // An error with a headline of its own is about something else, and in another mode the same fails again.
  const canRepeat = headline === undefined && code !== 'UNSUPPORTED_IN_AUTH_MODE';
  return { title: headline ?? title, message, code, said: quotationIn(extensions), again: canRepeat ? again : null };
}

function quotationIn({ providerError, providerErrorDescription }: PublicError['extensions']): Quotation | null {
  if (typeof providerError !== 'string') return null;
  const description = typeof providerErrorDescription === 'string' ? providerErrorDescription : null;
  return { error: providerError, description };
}
