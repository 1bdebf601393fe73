import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Page } from 'playwright-core';
import { barriersOf, isTooWide } from './axe.js';

const PICTURES = process.env.SCREENSHOTS;

/** The windows in which screens are looked at. */
export const WINDOWS = [
  ['light', { colorScheme: 'light', width: 1200, height: 780 }],
  ['dark', { colorScheme: 'dark', width: 1200, height: 780 }],
  ['phone', { colorScheme: 'light', width: 360, height: 740 }],
] as const;

/** Takes a screenshot if requested, and returns accessibility violations and overflow. */
export async function look(page: Page, name: string): Promise<string[]> {
  if (PICTURES) {
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
  const tooWide = (await isTooWide(page)) ? [`${name} is wider than its window`] : [];
  return [...(await barriersOf(page)).map((violation) => `${name}: ${violation}`), ...tooWide];
}
