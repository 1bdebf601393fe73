import type { MysqlAddress } from '../../config/database-address.js';
import { BYTEWISE_COLLATIONS, collationFor, grantOf, ReadOnlyDatabase } from '../../database/inspection/index.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { serverVariables } from './server-variables.js';

const codes = declareCodes({
  DATABASE_TOO_OLD: {
    severity: 'error',
    why: 'Names are compared byte by byte, and the server has no collation for that.',
  },
  DATABASE_COLLATION: {
    severity: 'error',
    why: 'Names that differ in case or in spaces at their end would be taken for one another.',
  },
  DATABASE_LOG_FORMAT: {
    severity: 'error',
    why: 'InnoDB refuses every write of a READ COMMITTED transaction, as all of Mooring are, into such a log.',
  },
  DATABASE_RIGHTS: { severity: 'error', why: 'The next migration, or a request, is refused by the database.' },
  DATABASE_ENGINE: { severity: 'error', why: 'Only InnoDB keeps foreign keys, which guard the auth mode.' },
});

const TABLES = `SELECT TABLE_NAME AS name, ENGINE AS engine, TABLE_COLLATION AS collation FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME`;

interface TableRow {
  readonly name: string;
  readonly engine: string | null;
  readonly collation: string | null;
}

/** What Mooring relies on at a MariaDB or MySQL server: isolation, collation, engine, rights. */
export const databaseServer: Examination = {
  id: 'DATABASE_SERVER',
  title: 'Isolation, collation and rights',
  codes,
  run: async (context) => {
    const database = await context.database();
    const address = context.environment.database;
    if (address.engine === 'sqlite') return { findings: [], well: 'SQLite isolates and compares as Mooring needs it.' };
    const findings = [
      ...(await logFindings(database)),
      ...(await collationFindings(database, address)),
      ...(await rightsFindings(database, address)),
    ];
    return { findings, well: 'READ COMMITTED, byte-wise collation, InnoDB, and all rights.' };
  },
};

/** Mooring sets READ COMMITTED for each of its connections, whatever the server's own level is. */
async function logFindings(database: ReadOnlyDatabase): Promise<Finding[]> {
  const variables = await serverVariables(database, ['log_bin', 'binlog_format']);
  if (variables.get('log_bin') !== 'ON' || variables.get('binlog_format') !== 'STATEMENT') return [];
  const fix =
    "SET GLOBAL binlog_format = 'ROW', and the same in the configuration of the server; then restart Mooring.";
  return [codes.DATABASE_LOG_FORMAT('The server has binlog_format=STATEMENT.', fix)];
}

async function collationFindings(database: ReadOnlyDatabase, { name }: MysqlAddress): Promise<Finding[]> {
  const wanted = await collationFor((sql) => database.rows<{ name: string | null }>(sql));
  if (wanted === undefined) {
    const found = `The server has none of the collations ${BYTEWISE_COLLATIONS.join(', ')}.`;
    return [codes.DATABASE_TOO_OLD(found, 'Upgrade to MariaDB 10.11 or MySQL 8.0.17, or later.')];
  }
  const tables = await database.rows<TableRow>(TABLES);
  const [{ current } = { current: wanted }] = await database.rows<{ current: string }>(
    'SELECT @@collation_database AS current',
  );
  return [
    ...(tables.length > 0 ? ofDatabase(name, current, wanted) : []),
    ...tables.flatMap((row) => ofTable(row, wanted)),
  ];
}

function ofDatabase(name: string, current: string, wanted: string): Finding[] {
  if (current === wanted) return [];
  const fix = `ALTER DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE ${wanted}, or start the server of Mooring, which does it.`;
  return [codes.DATABASE_COLLATION(`The database ${name} has the collation ${current}, in place of ${wanted}.`, fix)];
}

function ofTable({ name, engine, collation }: TableRow, wanted: string): Finding[] {
  const findings: Finding[] = [];
  if (engine?.toLowerCase() !== 'innodb') {
    const fix = `ALTER TABLE \`${name}\` ENGINE = InnoDB, and look for foreign keys that are missing.`;
    findings.push(codes.DATABASE_ENGINE(`The table ${name} has the engine ${engine ?? 'none'}.`, fix));
  }
  // The list of migrations is made by TypeORM, and names nothing that people choose.
  if (collation !== null && collation !== wanted && name !== 'migrations') {
    const fix = `ALTER TABLE \`${name}\` CONVERT TO CHARACTER SET utf8mb4 COLLATE ${wanted}, with the servers stopped.`;
    findings.push(
      codes.DATABASE_COLLATION(`The table ${name} has the collation ${collation}, in place of ${wanted}.`, fix),
    );
  }
  return findings;
}

async function rightsFindings(database: ReadOnlyDatabase, { name }: MysqlAddress): Promise<Finding[]> {
  const lacked = await database.lackedRights();
  if (!lacked || lacked.missing.length === 0) return [];
  const found = `The user ${lacked.user} lacks rights on the database ${name}: ${lacked.missing.join(', ')}.`;
  return [codes.DATABASE_RIGHTS(found, `${grantOf(lacked.user, name)};`)];
}
