// How the pages are read: links between files of the repository become addresses of the site, diagrams become text.
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { addressOf, isPage, root } from './pages.mjs';

/** Files that browsers show under their own names; others get `.txt`, so that they are shown rather than saved. */
const SHOWN = /\.(json|png|svg|txt)$/;

/**
 * The files that pages link to and that are no pages, such as examples: they are part of the site, below /files.
 */
export function linkedFiles(base) {
  const paths = new Set();
  const nameOf = (path) => `files/${path.replace(/(^|\/)\./g, '$1dot-')}${SHOWN.test(path) ? '' : '.txt'}`;
  return {
    /** Adds a file, and returns its address. */
    add(path) {
      paths.add(path);
      return `${base}${nameOf(path)}`;
    },
    /** Copies all into the site. */
    copyTo(folder) {
      for (const path of paths) {
        mkdirSync(dirname(join(folder, nameOf(path))), { recursive: true });
        cpSync(join(root, path), join(folder, nameOf(path)));
      }
    },
    /** Answers requests for them while pages are written. */
    serve(middlewares) {
      middlewares.use((request, response, next) => {
        const path = [...paths].find((each) => request.url === `${base}${nameOf(each)}`);
        if (!path) return next();
        response.setHeader('content-type', SHOWN.test(path) ? '' : 'text/plain; charset=utf-8');
        response.end(readFileSync(join(root, path)));
      });
    },
  };
}

/** Makes markdown-it follow the links of each page. A link to nothing throws, which fails the build. */
export function resolveLinks(md, files) {
  md.core.ruler.push('links_of_the_repository', ({ tokens, env }) => {
    const from = relative(root, env.realPath ?? env.path).replaceAll('\\', '/');
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') follow(token, from, files);
    }
  });
}

function follow(token, from, files) {
  const href = token.attrGet('href') ?? '';
  if (/^([a-z][a-z0-9+.-]*:|#)/i.test(href)) return;
  const [target, anchor] = href.split('#', 2);
  let path = posix.join(posix.dirname(from), decodeURIComponent(target));
  if (target.startsWith('/') || path.startsWith('..') || !existsSync(join(root, path)))
    throw new Error(`${from}: ${href} leads to no file`);
  if (statSync(join(root, path)).isDirectory()) path = posix.join(path, 'README.md');
  if (isPage(path)) {
    const address = `/${addressOf(path)
      .replace(/\.md$/, '')
      .replace(/(^|\/)index$/, '$1')}`;
    token.attrSet('href', anchor ? `${address}#${anchor}` : address);
  } else {
    if (path.endsWith('/README.md')) throw new Error(`${from}: ${href} leads to a folder without a README.md`);
    token.attrSet('href', files.add(path));
    // Tells VitePress that this is no page.
    token.attrSet('target', '_self');
  }
}

/** Shows blocks of these languages as plain text: GitHub draws a diagram of them, and their text can be read too. */
export function showAsText(md, languages) {
  md.core.ruler.push('languages_as_text', ({ tokens }) => {
    for (const token of tokens)
      if (token.type === 'fence' && languages.includes(token.info.trim())) token.info = 'text';
  });
}
