import type { HttpExchange } from '../access/access.decorators.js';
import { OIDC_CALLBACK_PATH } from '../config/public-urls.js';

/** The callback's query as the router has parsed it, because the raw request target may be spelled in other ways. */
export function callbackAnswerOf({ request }: Pick<HttpExchange, 'request'>): URL {
  const parameters = Object.entries(request.query as Readonly<Record<string, string | string[]>>);
  const url = new URL(OIDC_CALLBACK_PATH, 'http://this.invalid');
  for (const [name, values] of parameters) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  return url;
}
