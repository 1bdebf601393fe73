import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AuditOutcome, AuditService } from '../audit/index.js';
import { keySourceOf } from '../settings/installation.js';
import { BackupContents, checkSqlite } from './backup-check.js';
import { BY_THIS_MACHINE, inCommandContext } from './command-context.js';
import { dumpCommand } from './dump-tools.js';
import { copyOnline, fillNewFile } from './sqlite-files.js';

/** A backup that was made, or the command that makes it. */
export type BackUpResult =
  | { readonly contents: BackupContents; readonly bytes: number; readonly file: string; readonly key: string }
  | { readonly tool: string; readonly file: string };

/**
 * Makes a backup of the database beside running servers, and checks it; of a database server, only names the tool. The
 * encryption key is not in it.
 *
 * @param path of a file that must not exist
 * @throws {BackupUnusable} {@link InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export function backUp(path: string): Promise<BackUpResult> {
  const file = resolve(path);
  return inCommandContext([], async (app, environment) => {
    const { database } = environment;
    if (database.engine === 'mysql') return { tool: dumpCommand(database, file), file };
    const made: BackupContents[] = [];
    await fillNewFile(file, async (draft) => {
      await copyOnline(resolve(database.file), draft);
      made.push(await checkSqlite(draft, file, environment));
    });
    await app.get(AuditService).write({
      action: 'database.backup',
      target: null,
      ...BY_THIS_MACHINE,
      outcome: AuditOutcome.SUCCEEDED,
    });
    const [contents = { engine: 'sqlite', users: 0, isOlder: false }] = made;
    return { contents, bytes: (await stat(file)).size, file, key: await keySourceOf(environment) };
  });
}
