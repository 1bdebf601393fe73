import { noneIfMissing } from '../../common/persistence/missing-table.js';
import { newerProblemOf, pendingAfter } from '../../database/index.js';
import type { Examination } from '../examination.js';
import { declareCodes } from '../finding.js';
import { NotExaminable } from '../not-examinable.js';

const codes = declareCodes({
  NO_INSTALLATION: { severity: 'error', why: 'There is nothing that a server or a command could work with.' },
  MIGRATIONS_PENDING: {
    severity: 'warning',
    why: 'A server of this release changes the tables when it starts, and commands are refused until then.',
  },
  MIGRATIONS_AHEAD: { severity: 'error', why: 'This release does not know these tables and refuses to work on them.' },
  DOWNGRADE_ALLOWED: {
    severity: 'warning',
    why: 'This release works on tables that it does not know, because ALLOW_DOWNGRADE says so.',
  },
});

/** Whether the tables are those of this release. */
export const release: Examination = {
  id: 'RELEASE',
  title: 'Release of the tables',
  codes,
  run: async (context) => {
    const database = await context.database();
    const done = await database
      .rows<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp')
      .catch(noneIfMissing);
    const names = done.map(({ name }) => name);
    const isThere = await context.settings().then(
      () => true,
      (error: unknown) => !(error instanceof NotExaminable),
    );
    if (names.length === 0 || !isThere) {
      const fix = 'Correct DATABASE_URL; for a new installation, start the server, which makes the tables.';
      return { findings: [codes.NO_INSTALLATION('The database holds no installation.', fix)], well: null };
    }
    const well = `The tables are those of this release (${names.length} migrations).`;
    return { findings: [...pendingFindings(names), ...newerFindings(names, context.environment)], well };
  },
};

function pendingFindings(names: readonly string[]) {
  const pending = pendingAfter(names);
  if (pending.length === 0) return [];
  const found = `Migrations of this release that have not run: ${pending.length}, the first is ${pending[0] ?? ''}.`;
  return [codes.MIGRATIONS_PENDING(found, 'Make a backup, and start the server of this release once.')];
}

function newerFindings(names: readonly string[], allowance: { readonly allowDowngrade?: boolean }) {
  if (newerProblemOf(names, {}) === undefined) return [];
  const unknown = /\((.*?)\)/.exec(newerProblemOf(names, {}) ?? '')?.[1] ?? '';
  const found = `A newer release has migrated the database (${unknown}).`;
  if (allowance.allowDowngrade) return [codes.DOWNGRADE_ALLOWED(found, 'Go back to the newer release soon.')];
  const fix = 'Use that release or a newer one, or set ALLOW_DOWNGRADE=true after a backup.';
  return [codes.MIGRATIONS_AHEAD(found, fix)];
}
