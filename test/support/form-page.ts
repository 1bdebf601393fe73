import { Browser, Page } from './browser.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const INPUT = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g;

/** The form of a page, as a browser reads it. */
export interface FormOnPage {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The only form of a page. */
export function formOn({ text }: Page): FormOnPage {
  const [, action = ''] = /<form method="post" action="([^"]*)">/.exec(text) ?? [];
  const inputs = [...text.matchAll(INPUT)].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]);
  return { action: unescaped(action), fields: Object.fromEntries(inputs) as Record<string, string> };
}

/** Presses the button of the form. */
export function submitForm(browser: Browser, page: Page, until?: (next: URL) => boolean): Promise<Page> {
  const { action, fields } = formOn(page);
  return browser.open(action, { method: 'POST', body: new URLSearchParams(fields) }, until);
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? '');
}
