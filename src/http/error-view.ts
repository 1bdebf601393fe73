import { OIDC_CALLBACK_PATH, OIDC_LOGIN_PATH } from '../config/public-urls.js';
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

/** What was asked for, and where. */
interface Asked {
  /** The route; undefined if there is none. */
  readonly route: string | undefined;
  /** The path of the public URL, without a slash at its end. */
  readonly basePath: string;
}

/** What a person sees of an error. The only home of this rule. */
export function errorViewOf(error: PublicError, { route, basePath }: Asked): ErrorView {
  const { code, message, headline, extensions } = error;
  const isLogin = route === OIDC_LOGIN_PATH || route === OIDC_CALLBACK_PATH;
  // An error with a headline of its own is about something else than a login, and in another mode no login can begin.
  const canRepeat = isLogin && headline === undefined && code !== 'UNSUPPORTED_IN_AUTH_MODE';
  return {
    title: headline ?? (isLogin ? 'Login failed' : 'Request failed'),
    message,
    code,
    said: quotationIn(extensions),
    again: canRepeat ? basePath + OIDC_LOGIN_PATH : null,
  };
}

function quotationIn({ providerError, providerErrorDescription }: PublicError['extensions']): Quotation | null {
  if (typeof providerError !== 'string') return null;
  const description = typeof providerErrorDescription === 'string' ? providerErrorDescription : null;
  return { error: providerError, description };
}
