import { escaped, pageOf } from './page.js';

/** What another server said about an error, in its own words. */
export interface Quotation {
  readonly error: string;
  readonly description: string | null;
}

/** What an error page says. */
interface ErrorPage {
  readonly message: string;
  readonly code: string;
  /** What the provider said of it. */
  readonly said?: Quotation | null;
  /** The path of the public URL, without a slash at its end. */
  readonly basePath: string;
}

/** The error page for browsers: what happened, what the provider said of it, and a link back to the login page. */
export function errorPage({ message, code, said = null, basePath }: ErrorPage): string {
  const main = `    <h1>This did not work</h1>
    <p role="alert">${escaped(message)}</p>${said === null ? '' : quotation(said)}
    <p><a href="${basePath}/">Back to the login page</a></p>
    <p><small>${escaped(code)}</small></p>`;
  return pageOf(main, basePath);
}

function quotation({ error, description }: Quotation): string {
  const words = description === null ? '' : ` <q>${escaped(description)}</q>`;
  return `
    <p>The provider says: <code>${escaped(error)}</code>${words}</p>`;
}
