import type { Plugin } from 'vite';
import { words } from './src/words.ts';

const TEXTS: Readonly<Record<string, string>> = {
  locale: words.locale,
  product: words.product,
  noScript: words.noScript,
};

/** Puts the words into the page, which stands before any script runs. */
export function worded(): Plugin {
  return {
    name: 'worded',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/{{(\w+)}}/g, (_, name: string) => TEXTS[name] ?? ''),
    },
  };
}
