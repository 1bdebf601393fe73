// Which Markdown files are pages, at which addresses, and in which order.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The repository. */
export const root = join(import.meta.dirname, '../..');

const FOLDERS = ['docs', 'deploy', 'examples'];

/** The folders that have no pages, as patterns. */
export function otherFolders() {
  const others = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !FOLDERS.includes(entry.name),
  );
  return ['**/node_modules/**', ...others.map(({ name }) => `${name}/**`)];
}

/**
 * The file of a page below the site's root: docs/README.md is the first page, `docs` is left out of the others' addresses, and the files at
 * the top, such as SECURITY.md, are below `project`.
 */
export function addressOf(path) {
  if (!path.includes('/')) return `project/${path.toLowerCase()}`;
  return path.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md');
}

/** The pages below docs, by their paths in the repository. */
function pagesOfDocs() {
  return readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => `docs/${name}`)
    .sort();
}

function titleOf(path) {
  const title = /^# (.+)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1] ?? path;
  return title.replaceAll('`', '');
}

const itemOf = (path, text = titleOf(path)) => ({ text, link: `/${addressOf(path).replace(/(index)?\.md$/, '')}` });

/**
 * The side bar: a group for each section of docs/README.md with the links of its lists. Pages that it does not name are
 * below the README of their folder, or in a group at the end.
 */
export function navigation() {
  const rest = new Set(pagesOfDocs());
  const groups = [];
  for (const line of readFileSync(join(root, 'docs/README.md'), 'utf8').split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading) groups.push({ text: heading, collapsed: groups.length > 0, items: [] });
    if (!/^(- | {2})\S/.test(line)) continue;
    for (const [, text, target] of line.matchAll(/\[([^\]]+)\]\(([^)#]+\.md)\)/g)) {
      const path = posix.join('docs', target);
      const item = itemOf(path, text);
      groups.at(-1)?.items.push(item);
      rest.delete(path);
      if (path.endsWith('/README.md')) addFolder(item, path, rest);
    }
  }
  if (rest.size > 0)
    groups.push({ text: 'Further pages', collapsed: true, items: [...rest].map((path) => itemOf(path)) });
  return groups.filter(({ items }) => items.length > 0);
}

/** Puts the other pages of a folder below its README. */
function addFolder(item, readme, rest) {
  const pages = [...rest].filter((path) => posix.dirname(path) === posix.dirname(readme));
  if (pages.length === 0) return;
  item.collapsed = true;
  item.items = pages.map((path) => itemOf(path));
  for (const path of pages) rest.delete(path);
}

/** Whether a path of the repository is a page of the site. */
export function isPage(path) {
  if (!path.endsWith('.md') || !existsSync(join(root, path))) return false;
  return !path.includes('/') || FOLDERS.includes(path.split('/', 1)[0]);
}
