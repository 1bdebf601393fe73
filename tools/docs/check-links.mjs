// Checks the links of the documentation: `npm run docs:check`. No address of the network is asked.
//
// Each relative link leads to a file of the repository, each anchor to a heading or an `id` in its page, and each page
// in `docs` is reached by links from README.md. Problems are printed as FILE:LINE, and the exit code is then 1.
import console from 'node:console';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '../..'));
const TOP_PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'CHANGELOG.md'];
const START = 'README.md';

/** The pages that are checked, by their paths below the root. */
function allPages() {
  const below = (folder, isWanted) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
          .map((name) => `${folder}/${name}`)
          .filter(isWanted)
      : [];
  return [
    ...TOP_PAGES.filter((name) => existsSync(join(root, name))),
    ...below('docs', (path) => path.endsWith('.md')),
    ...below('deploy', (path) => path.endsWith('.md')),
    ...below('examples', (path) => path.endsWith('README.md')),
  ].sort();
}

/** The lines of a page with blocks of code left empty, so that numbers of lines stay. */
function proseOf(text) {
  let fence;
  return text.split('\n').map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      return '';
    }
    if (fence === undefined) return line;
    if (mark?.startsWith(fence)) fence = undefined;
    return '';
  });
}

/** What a reader sees of a heading: without marks, and with the text of links in their place. */
function visibleText(heading) {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(`+)(.+?)\1/g, '$2')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\*\*?(\S(?:.*?\S)?)\*\*?/g, '$1')
    .replace(/(^|\W)_(\S(?:.*?\S)?)_(?=\W|$)/g, '$1$2');
}

/** The anchors of a page: GitHub's of its headings, with -1, -2 where one is repeated, and those that it names itself. */
function anchorsOf(lines) {
  const anchors = new Set();
  for (const line of lines) {
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1];
    if (heading !== undefined) {
      const slug = visibleText(heading)
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
        .replace(/ /g, '-');
      let unique = slug;
      for (let number = 1; anchors.has(unique); number += 1) unique = `${slug}-${number}`;
      anchors.add(unique);
    }
    for (const [, id] of line.matchAll(/<[a-z]+[^>]*\s(?:id|name)="([^"]+)"/gi)) anchors.add(id);
  }
  return anchors;
}

/** The targets of the links in a line, images included; those in code are none. */
function targetsIn(line) {
  const text = line.replace(/(`+).+?\1/g, (code) => '`'.repeat(code.length));
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const references = [...text.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)/g)];
  const tags = [...text.matchAll(/<(?:a|img|source)\b[^>]*\s(?:href|src|srcset)="([^"]+)"/gi)];
  return [...inline, ...references, ...tags].map(([, target]) => target);
}

const pages = new Map(
  allPages().map((path) => {
    const lines = proseOf(readFileSync(join(root, path), 'utf8'));
    return [path, { lines, anchors: anchorsOf(lines) }];
  }),
);

/** What is wrong with a link, or undefined; `leadsTo` is the page that it reaches. */
function followed(from, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return {};
  let [path, anchor] = target.split('#', 2);
  try {
    [path, anchor] = [decodeURIComponent(path), anchor && decodeURIComponent(anchor)];
  } catch {
    return { problem: `${target} is not a valid link` };
  }
  const file = path === '' ? from : normalize(relative(root, resolve(root, dirname(from), path)));
  if (path.startsWith('/') || file.startsWith('..')) return { problem: `${target} leads out of the repository` };
  if (!existsSync(join(root, file))) return { problem: `${target} leads to no file` };
  const isFolder = statSync(join(root, file)).isDirectory();
  const index = isFolder && pages.has(join(file, 'README.md')) ? join(file, 'README.md') : undefined;
  const leadsTo = index ?? file;
  if (anchor && !isFolder && pages.has(file) && !pages.get(file).anchors.has(anchor)) {
    return { problem: `${target} leads to no heading`, leadsTo };
  }
  return { leadsTo, folder: isFolder && index === undefined ? file : undefined };
}

const problems = [];
const links = new Map();
for (const [path, { lines }] of pages) {
  const reached = new Set();
  lines.forEach((line, index) => {
    for (const target of targetsIn(line)) {
      const { problem, leadsTo, folder } = followed(path, target);
      if (problem) problems.push(`${path}:${index + 1} ${problem}`);
      if (leadsTo) reached.add(leadsTo);
      // A folder without an index shows all its files.
      if (folder) for (const page of pages.keys()) if (dirname(page) === folder) reached.add(page);
    }
  });
  links.set(path, reached);
}

const seen = new Set([START]);
for (const page of seen) for (const next of links.get(page) ?? []) if (pages.has(next)) seen.add(next);
for (const page of pages.keys()) {
  if (page.startsWith('docs/') && !seen.has(page)) problems.push(`${page}:1 no link from ${START} leads here`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`The links of ${pages.size} pages lead where they should.`);
