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

/**
 * A page that the server makes itself.
 *
 * @param main its HTML; texts from outside must be {@link escaped}
 * @param basePath the path of the public URL, without a slash at its end
 */
export function pageOf(main: string, basePath: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Mooring</title>
  <link rel="stylesheet" href="${basePath}/style.css">
  <main>
${main}
  </main>
</html>
`;
}
