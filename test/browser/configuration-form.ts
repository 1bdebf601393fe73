import { Page } from 'playwright-core';

/** Opens a tab of the configuration. */
export async function openTab(
  page: Page,
  name: 'Authentication' | 'Sign-in and sessions' | 'Protection',
): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
}

/** Unfolds the rare fields of a part of the configuration. */
export async function unfoldAdvanced(page: Page, part: string): Promise<void> {
  await page.getByRole('region', { name: part, exact: true }).getByText('Advanced', { exact: true }).click();
}
