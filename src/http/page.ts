const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in HTML, between tags or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** The title of a page of this name. */
export function titleOf(name: string): string {
  return `${name} · Mooring`;
}

/** The link to the style of the pages that the server makes itself. */
export function styleLink(basePath: string): string {
  return `<link rel="stylesheet" href="${basePath}/style.css">`;
}

/**
 * A page that the server makes itself.
 *
 * @param main its HTML; texts from outside must be {@link escaped}
 * @param basePath the path of the public URL, without a slash at its end
 * @param title of the browser's tab
 */
export function pageOf(main: string, basePath: string, title = 'Mooring'): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${escaped(title)}</title>
  ${styleLink(basePath)}
  <main>
${main}
  </main>
</html>
`;
}
