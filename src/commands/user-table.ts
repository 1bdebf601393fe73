import type { ListedUser } from '../users/operator/index.js';
import { terminalText } from './terminal-text.js';

const HEADINGS = ['NAME', 'KIND', 'STATE', 'ROLE', 'CREATED', 'LAST LOGIN', 'SUBJECT', 'ISSUER'];
const NOTHING = '-';

/** Users as lines of text with a heading. A column grows when a later page needs it. */
export class UserTable {
  private readonly widths = HEADINGS.map(({ length }) => length);
  private hasHeading = false;

  /** The lines of a page of users, each with a line feed; the first page begins with the heading. */
  linesOf(page: readonly ListedUser[]): string {
    const rows = page.map(cellsOf);
    if (!this.hasHeading) rows.unshift(HEADINGS);
    this.hasHeading = true;
    for (const row of rows) this.widen(row);
    return rows.map((row) => `${this.lineOf(row)}\n`).join('');
  }

  private widen(row: readonly string[]): void {
    row.forEach((cell, column) => (this.widths[column] = Math.max(this.widths[column] ?? 0, [...cell].length)));
  }

  private lineOf(row: readonly string[]): string {
    const padded = row.map((cell, column) => cell + ' '.repeat((this.widths[column] ?? 0) - [...cell].length));
    return padded.join('  ').trimEnd();
  }
}

function cellsOf({ username, kind, issuer, subject, isDisabled, isAdmin, createdAt, lastLoginAt }: ListedUser) {
  return [
    ...[username, kind, isDisabled ? 'disabled' : 'active', isAdmin ? 'administrator' : 'user'],
    ...[momentOf(createdAt), lastLoginAt ? momentOf(lastLoginAt) : NOTHING, subject ?? NOTHING, issuer ?? NOTHING],
  ].map(terminalText);
}

/** A time in UTC, to the second. */
function momentOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
