import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ReadOnlyDatabase } from '../../database/inspection/index.js';
import type { Examination } from '../examination.js';
import { declareCodes, Finding } from '../finding.js';
import { ServerVariables, serverVariables } from './server-variables.js';

const codes = declareCodes({
  DATABASE_DURABILITY: {
    severity: 'error',
    why: 'A crash takes back what was acknowledged: a revoked secret counts again, and rotated refresh tokens are lost.',
  },
  DATABASE_LOG_DURABILITY: {
    severity: 'warning',
    why: 'After a power failure replicas and backups by the binary log may lack what was acknowledged.',
  },
  DATABASE_NETWORK_FILE: {
    severity: 'error',
    why: 'Locks and the write-ahead log of SQLite do not work over a network, and the file is damaged sooner or later.',
  },
  DATABASE_PASSING_FILE: {
    severity: 'warning',
    why: 'The file, with all users and secrets, is gone with the container or at a restart.',
  },
  DATABASE_JOURNAL: {
    severity: 'note',
    why: 'Reads wait for writes until the server has turned the write-ahead log on.',
  },
});

/** Kinds of file systems by the number of statfs(2), as far as they matter here. */
const NETWORK = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'CephFS'],
  [0x0bd00bd0, 'Lustre'],
]);
const PASSING = new Map([
  [0x01021994, 'tmpfs, which is in memory'],
  [0x794c7630, 'overlayfs, the layer of a container'],
  [0x858458f6, 'ramfs, which is in memory'],
]);

/** Whether an acknowledged write survives a crash and a power failure. */
export const durability: Examination = {
  id: 'DURABILITY',
  title: 'Durability of writes',
  codes,
  run: async (context) => {
    const database = await context.database();
    const address = context.environment.database;
    if (address.engine === 'sqlite') return fileResult(database, address.file);
    const names = ['innodb_flush_log_at_trx_commit', 'innodb_doublewrite', 'log_bin', 'sync_binlog', 'wsrep_on'];
    const findings = serverFindings(await serverVariables(database, names));
    return { findings, well: 'Every acknowledged write is on the disk of the server.' };
  },
};

export function serverFindings(variables: ServerVariables): Finding[] {
  const flush = variables.get('innodb_flush_log_at_trx_commit') ?? '1';
  const findings: Finding[] = [];
  if (flush !== '1') {
    // Guides for Galera advise 0, because the other nodes have the writes in memory.
    const nodes = variables.get('wsrep_on') === 'ON' ? ', and they are lost if all nodes fail at once' : '';
    const found = `The server has innodb_flush_log_at_trx_commit=${flush}: up to a second of writes is not on its disk${nodes}.`;
    findings.push(codes.DATABASE_DURABILITY(found, `SET GLOBAL innodb_flush_log_at_trx_commit = 1; ${AND_FILE}`));
  }
  if (variables.get('innodb_doublewrite') === 'OFF') {
    const found = 'The server has innodb_doublewrite=OFF: a page that is half written at a power failure is lost.';
    findings.push(codes.DATABASE_DURABILITY(found, 'Set innodb_doublewrite=ON in the configuration of the server.'));
  }
  if (variables.get('log_bin') === 'ON' && variables.get('sync_binlog') === '0') {
    const found = 'The server has sync_binlog=0: its binary log is not on its disk when it acknowledges.';
    findings.push(codes.DATABASE_LOG_DURABILITY(found, `SET GLOBAL sync_binlog = 1; ${AND_FILE}`));
  }
  return findings;
}

const AND_FILE = 'and the same in the configuration of the server.';

async function fileResult(database: ReadOnlyDatabase, file: string) {
  const { type } = await statfs(dirname(resolve(file)));
  const [{ mode } = { mode: 'wal' }] = await database.rows<{ mode: string }>(
    'SELECT journal_mode AS mode FROM pragma_journal_mode',
  );
  const findings = [...fileSystemFindings(type, resolve(file)), ...journalFindings(mode)];
  return {
    findings,
    well: 'SQLite waits for the disk at each acknowledged write (synchronous=FULL, write-ahead log).',
  };
}

export function fileSystemFindings(type: number, file: string): Finding[] {
  const [network, passing] = [NETWORK.get(type), PASSING.get(type)];
  if (network) {
    const fix = 'Move the file to a local disk, or use MariaDB or MySQL.';
    return [codes.DATABASE_NETWORK_FILE(`${file} is on ${network}.`, fix)];
  }
  if (!passing) return [];
  return [
    codes.DATABASE_PASSING_FILE(`${file} is on ${passing}.`, 'Put the folder of the file on a volume or a disk.'),
  ];
}

function journalFindings(mode: string): Finding[] {
  if (mode === 'wal') return [];
  const fix = 'Nothing, if no server has started on this file yet; else look for a program that changed it.';
  return [codes.DATABASE_JOURNAL(`The file has journal_mode=${mode}.`, fix)];
}
