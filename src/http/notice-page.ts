import { escaped, pageOf } from './page.js';

/** A page that tells something, with a link to the portal. */
export function noticePage({ title, text }: { title: string; text: string }, basePath: string): string {
  const main = `    <h1>${escaped(title)}</h1>
    <p>${escaped(text)}</p>
    <p><a href="${basePath}/">Go to Mooring</a></p>`;
  return pageOf(main, basePath);
}
