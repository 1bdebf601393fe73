import type { ErrorView, Quotation } from './error-view.js';
import { escaped, pageOf, styleLink, titleOf } from './page.js';

/** What every error page says. */
type Shown = Omit<ErrorView, 'said' | 'again'> & Partial<Pick<ErrorView, 'said' | 'again'>>;

/**
 * The server's own error page, for browsers to which the portal can't be sent: what happened, what the provider said of it,
 * a link that tries the same again where that can be, and one back to the login page.
 *
 * @param basePath the path of the public URL, without a slash at its end
 */
export function errorPage(view: Shown, basePath: string): string {
  return pageOf(mainOf(view, basePath), basePath, titleOf(view.title));
}

/** The parts of a built page of the portal between which an error is told. */
const PARTS = /^(?<start>.*)<title>[^<]*<\/title>(?<head>.*<\/head>.*<noscript>)[^<]*(?<end><\/noscript>.*)$/s;

/** Tells an error in a page. */
export type ErrorPages = (view: ErrorView) => string;

/**
 * The portal's error pages: its page with the error as data in the head, which the portal shows as a screen. Without scripts
 * the page shows what {@link errorPage} shows. Null if the portal's page is not one that was built.
 */
export function portalErrorPages(page: string, basePath: string): ErrorPages | null {
  const { start, head, end } = PARTS.exec(page)?.groups ?? {};
  if (start === undefined || head === undefined || end === undefined) return null;
  return (view) => {
    const data = `<meta name="refusal" content="${escaped(JSON.stringify(view))}">`;
    const plain = `${styleLink(basePath)}\n  <main>\n${mainOf(view, basePath)}\n  </main>`;
    return `${start}<title>${escaped(titleOf(view.title))}</title>${data}${head}${plain}${end}`;
  };
}

function mainOf({ title, message, code, said = null, again = null }: Shown, basePath: string): string {
  return `    <h1>${escaped(title)}</h1>
    <p role="alert">${escaped(message)}</p>${said === null ? '' : quotation(said)}${again === null ? '' : repetition(again)}
    <p><a href="${basePath}/">Back to the login page</a></p>
    <p><small>${escaped(code)}</small></p>`;
}

function quotation({ error, description }: Quotation): string {
  const words = description === null ? '' : ` <q>${escaped(description)}</q>`;
  return `
    <p>The provider says: <code>${escaped(error)}</code>${words}</p>`;
}

function repetition(again: string): string {
  return `
    <p><a href="${escaped(again)}">Try again</a></p>`;
}
