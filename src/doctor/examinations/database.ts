import { MysqlAddress } from '../../config/database-address.js';
import { DatabaseUnusable, placeOf } from '../../database/index.js';
import type { ReadOnlyDatabase } from '../../database/inspection/index.js';
import type { Examination } from '../examination.js';
import { declareCodes } from '../finding.js';

const codes = declareCodes({
  DATABASE_UNUSABLE: { severity: 'error', why: 'Without its database Mooring neither starts nor answers.' },
  DATABASE_NOT_ENCRYPTED: {
    severity: 'note',
    why: 'The password of the database user and personal data cross the network in the clear.',
  },
});

/** Whether the database can be reached, and which one it is. */
export const database: Examination = {
  id: 'DATABASE',
  title: 'Database',
  codes,
  run: async (context) => {
    const address = context.environment.database;
    try {
      const opened = await context.openDatabase();
      const findings = address.engine === 'mysql' ? await encryptionFindings(opened, address) : [];
      return { findings, well: `${await versionOf(opened)}: ${placeOf(address)}.` };
    } catch (error) {
      if (!(error instanceof DatabaseUnusable)) throw error;
      const [found = '', ...fix] = error.message.split(/(?<=\.) (?=[A-Z])/);
      return { findings: [codes.DATABASE_UNUSABLE(found, fix.join(' ') || 'Correct DATABASE_URL.')], well: null };
    }
  },
};

async function versionOf(opened: ReadOnlyDatabase): Promise<string> {
  const sql = opened.engine === 'sqlite' ? 'SELECT sqlite_version() AS version' : 'SELECT VERSION() AS version';
  const [{ version } = { version: '' }] = await opened.rows<{ version: string }>(sql);
  const name = opened.engine === 'sqlite' ? 'SQLite' : /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
  return `${name} ${version}`;
}

const IS_HERE = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

async function encryptionFindings(opened: ReadOnlyDatabase, { host }: MysqlAddress) {
  const [row] = await opened.rows<{ Value: string }>("SHOW STATUS LIKE 'Ssl_cipher'");
  if (row?.Value || IS_HERE.test(host)) return [];
  const fix = 'Add ?ssl-mode=VERIFY_IDENTITY to DATABASE_URL, and &ssl-ca= for a private certificate authority.';
  return [codes.DATABASE_NOT_ENCRYPTED(`The connection to ${host} is not encrypted.`, fix)];
}
