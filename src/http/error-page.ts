const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** What another server said about an error, in its own words. */
export interface Quotation {
  readonly error: string;
  readonly description: string | null;
}

/** The error page for browsers: what happened, what the provider said of it, and a link back to the login page. */
export function errorPage(message: string, code: string, said: Quotation | null = null): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Mooring</title>
  <link rel="stylesheet" href="/style.css">
  <main>
    <h1>This did not work</h1>
    <p role="alert">${escaped(message)}</p>${said === null ? '' : quotation(said)}
    <p><a href="/">Back to the login page</a></p>
    <p><small>${escaped(code)}</small></p>
  </main>
</html>
`;
}

function quotation({ error, description }: Quotation): string {
  const words = description === null ? '' : ` <q>${escaped(description)}</q>`;
  return `
    <p>The provider says: <code>${escaped(error)}</code>${words}</p>`;
}
