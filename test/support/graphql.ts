import { Browser } from './browser.js';

/** A GraphQL response. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a story reads whatever it asked for
  readonly data: any;
  readonly errors: readonly GraphqlError[];
  /** The code of the first error. */
  readonly code: string | undefined;
  readonly text: string;
}

/** An error of a response. */
export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a story reads whatever the code comes with
  readonly extensions: { readonly code: string } & Record<string, any>;
}

/** The caller: a browser, the administrator with Basic credentials, or a service token. */
export type Asker = Browser | { readonly basic: string } | { readonly bearer: string } | undefined;

/** Sends any body to a server's GraphQL endpoint. */
export async function postGraphql(
  url: string,
  asker: Asker,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
  const browser = asker instanceof Browser ? asker : new Browser();
  if (asker && !(asker instanceof Browser)) {
    const authorization = 'basic' in asker ? `Basic ${asker.basic}` : `Bearer ${asker.bearer}`;
    init.headers = { ...init.headers, authorization } as typeof init.headers;
  }
  const { status, text } = await browser.fetch(`${url}/graphql`, init);
  const { data = null, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: GraphqlError[] };
  return { status, data, errors, code: errors[0]?.extensions.code, text };
}
