// The documentation as a site: `npm run docs:build` writes it to site/dist, `npm run docs:dev` shows it while it is written.
//
// The pages are the Markdown files of the repository, unchanged: docs/README.md is the first, and its lists are the navigation. A link that
// leads nowhere fails the build. Nothing is fetched from the network, neither here nor by the reader's browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitepress';
import { linkedFiles, resolveLinks, showAsText } from './markdown.mjs';
import { addressOf, navigation, otherFolders, root } from './pages.mjs';

/** The path below which the site is served, such as /mooring/. */
const base = process.env.DOCS_BASE ?? '/';
const mark = readFileSync(join(root, 'portal/public/mark.svg')).toString('base64');
const logo = `data:image/svg+xml;base64,${mark}`;
const files = linkedFiles(base);

/** A heading's anchor as GitHub makes it, so that a link with an anchor is good in both places. */
function slugify(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replace(/ /g, '-');
}

/** Pages become Vue components, and are outside this folder: they get Vue from here all the same. */
const vueForPages = {
  name: 'vue-for-pages',
  enforce: 'pre',
  resolveId(id, importer) {
    const isOfPage = importer?.replace(/\?.*/, '').endsWith('.md');
    return isOfPage && /^vue(\/|$)/.test(id) ? this.resolve(id, import.meta.filename, { skipSelf: true }) : null;
  },
};

export default defineConfig({
  title: 'Mooring',
  description:
    'Ties a container registry to an identity provider: log in with a browser, get one CLI secret for docker, helm and podman.',
  lang: 'en',
  base,
  srcDir: '..',
  srcExclude: otherFolders(),
  rewrites: addressOf,
  outDir: 'dist',
  cacheDir: 'node_modules/.vitepress',
  cleanUrls: false,
  ignoreDeadLinks: 'localhostLinks',
  metaChunk: true,
  head: [['link', { rel: 'icon', href: logo }]],
  markdown: {
    anchor: { slugify },
    attrs: { disable: true },
    emoji: { enabled: [] },
    config: (md) => {
      resolveLinks(md, files);
      showAsText(md, ['mermaid']);
    },
  },
  vite: {
    publicDir: false,
    plugins: [vueForPages, { name: 'linked-files', configureServer: (server) => files.serve(server.middlewares) }],
    // The index of the search is one large chunk, which is fetched when somebody searches.
    build: { chunkSizeWarningLimit: 4000 },
  },
  themeConfig: {
    logo,
    sidebar: navigation(),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Providers', link: '/providers/' },
      { text: 'Troubleshooting', link: '/troubleshooting' },
    ],
  },
  buildEnd: ({ outDir }) => files.copyTo(outDir),
});
