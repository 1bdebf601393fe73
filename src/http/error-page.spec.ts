import { describe, expect, it } from '@jest/globals';
import { errorPage, portalErrorPages } from './error-page.js';

const BUILT = `<!doctype html>
<html lang="en">
  <head>
    <title>Mooring</title>
    <script type="module" src="/tools/assets/index-a1.js"></script>
  </head>
  <body>
    <noscript>Needs JavaScript.</noscript>
    <div id="portal"></div>
  </body>
</html>
`;
const VIEW = {
  title: 'Login failed',
  message: 'It was cancelled. Log in again.',
  code: 'LOGIN_DENIED',
  said: { error: 'access_denied', description: 'not you' },
  again: '/tools/c/oidc/login',
};
const NASTY = `</noscript></title><script>alert("1")</script>'$&$1 \u2028\0`;

const dataIn = (page: string) => {
  const [, content = ''] = /<meta name="refusal" content="([^"<>]*)">/.exec(page) ?? [];
  const characters: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&', '#39': "'" };
  return JSON.parse(content.replace(/&([^;]+);/g, (_all, name: string) => characters[name] ?? '?')) as unknown;
};

describe(portalErrorPages, () => {
  const pages = portalErrorPages(BUILT, '/tools')!;

  it('are the page of the portal with the error as data, in its title, and without scripts as a page', () => {
    const page = pages(VIEW);
    expect(dataIn(page)).toEqual(VIEW);
    expect(page).toContain('<title>Login failed · Mooring</title>');
    expect(page).toContain('src="/tools/assets/index-a1.js"');
    const [, plain = ''] = /<noscript>([^]*)<\/noscript>\n {4}<div id="portal">/.exec(page) ?? [];
    expect(plain).toMatch(/^<link rel="stylesheet" href="\/tools\/style\.css">/);
    const [, main = ''] = /( {2}<main>[^]*<\/main>)/.exec(errorPage(VIEW, '/tools')) ?? [];
    expect(main).toContain('It was cancelled.');
    expect(plain).toContain(main);
    expect(page).not.toContain('Needs JavaScript.');
  });

  it('show the words of others as text, wherever they stand', () => {
    const said = { error: NASTY, description: NASTY };
    const view = { title: NASTY, message: NASTY, code: NASTY, said, again: NASTY };
    const page = pages(view);
    expect(dataIn(page)).toEqual(view);
    for (const mark of ['<script', '</noscript>', '</title>', '<title>', '<meta'])
      expect(page.split(mark)).toHaveLength(BUILT.split(mark).length + (mark === '<meta' ? 1 : 0));
  });

  it.each(['', '<!doctype html><title>Mooring</title>', BUILT.replace(/noscript/g, 'p')])(
    'are none where the page is another one: %p',
    (page) => expect(portalErrorPages(page, '')).toBeNull(),
  );
});
