import { markdownTable } from './table.js';
import { Report } from './row.js';

const [BEGIN, END] = ['<!-- table of npm run bench -->', '<!-- end of the table -->'];

/**
 * A page of Markdown with the table and the plots between its two markers.
 *
 * @param plots the addresses of the plots, as the page names them
 * @throws {Error} if the page has no such markers
 */
export function withTable(page: string, report: Report, plots: readonly string[], recorded?: Report): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The page has no place for the table: ${BEGIN} and ${END}.`);
  const images = plots.map((address) => `![${address.replace(/^.*\/|\.svg$/g, '')}](${address})\n`).join('\n');
  const content = `${markdownTable(report, recorded)}\n${images}${images && '\n'}`;
  return `${page.slice(0, begin + BEGIN.length)}\n\n${content}${page.slice(end)}`;
}
