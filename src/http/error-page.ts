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

/** The error page for browsers: what happened, and a link back to the login page. */
export function errorPage(message: string, code: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Mooring</title>
  <link rel="stylesheet" href="/style.css">
  <main>
    <h1>This did not work</h1>
    <p role="alert">${escaped(message)}</p>
    <p><a href="/">Back to the login page</a></p>
    <p><small>${escaped(code)}</small></p>
  </main>
</html>
`;
}
