import type { Plugin } from 'vite';
import { words } from './src/words.ts';

const TEXTS: Readonly<Record<string, string>> = {
  locale: words.locale,
  product: words.product,
  noScript: words.noScript,
};

/** Inserts the texts that the page needs before any script runs. */
export function pageTexts(): Plugin {
  return {
    name: 'page-texts',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/{{(\w+)}}/g, (_, name: string) => TEXTS[name] ?? ''),
    },
  };
}
