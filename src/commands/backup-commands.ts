import { Command, CommandRunner, Option } from 'nest-commander';
import type { CheckedBackup, Restored } from './restore-backup.js';

interface RestoreOptions {
  readonly check?: boolean;
  readonly replace?: boolean;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Says on stderr that another tool has to be run, prints its command on stdout, and ends with 1: nothing was done. */
function nameTool(command: string, sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  say(command);
  process.exitCode = 1;
}

/** `mooring backup`: a copy of the database beside running servers. */
@Command({
  name: 'backup',
  arguments: '<file>',
  argsDescription: { file: 'The file to create. It must not exist.' },
  description:
    'Back up a SQLite database to a file, and check the file. Servers may keep running. The encryption key is not in it: back it up in another place. For MariaDB and MySQL the command of the tool to use is printed.',
})
export class BackupCommand extends CommandRunner {
  async run([file = '']: string[]): Promise<void> {
    const { backUp } = await import('./back-up.js');
    const done = await backUp(file);
    if ('tool' in done) {
      const next = `then check the file with: mooring restore ${done.file} --check`;
      nameTool(
        done.tool,
        `Nothing was backed up. Run this command, which asks for the password of the database, ${next}`,
      );
      return;
    }
    const { contents, bytes, key } = done;
    say(`Backed up to ${done.file}: ${bytes} bytes, ${usersOf(contents)}. It was checked.`);
    say(`The encryption key is not in the backup. Keep it in another place; it is from: ${key}`);
  }
}

/** `mooring restore`: a backup is checked, and put in place. */
@Command({
  name: 'restore',
  arguments: '<file>',
  argsDescription: { file: 'The backup: a file of "mooring backup", or an uncompressed dump of mariadb-dump.' },
  description:
    'Check a backup with the encryption key of this environment, and make it the database that DATABASE_URL names. Stop the server first. For MariaDB and MySQL the command of the tool to use is printed after the check.',
})
export class RestoreCommand extends CommandRunner {
  async run([file = '']: string[], { check = false, replace = false }: RestoreOptions): Promise<void> {
    const { checkOnly, restoreBackup } = await import('./restore-backup.js');
    if (check) say(`${summaryOf(await checkOnly(file))} Nothing was changed.`);
    else tell(await restoreBackup(file, replace));
  }

  @Option({ flags: '--check', description: 'Only check the backup.' })
  onlyCheck(): boolean {
    return true;
  }

  @Option({ flags: '--replace', description: 'Move an existing database aside; without it nothing is replaced.' })
  mayReplace(): boolean {
    return true;
  }
}

function usersOf({ users }: CheckedBackup['contents']): string {
  return `${users} ${users === 1 ? 'user' : 'users'} (deleted ones included)`;
}

function summaryOf({ file, contents }: CheckedBackup): string {
  const age = contents.isOlder ? ' It is of an older release: the server migrates it when it starts.' : '';
  return `${file} is complete, and the encryption key opens it: ${usersOf(contents)}.${age}`;
}

function tell(done: Restored): void {
  if ('tool' in done) {
    const sentence = 'Nothing was restored. Stop the servers and run this command on an empty database.';
    nameTool(done.tool, `${summaryOf(done)} ${sentence}`);
    return;
  }
  say(`${summaryOf(done)} Restored to ${done.database}.`);
  if (done.replaced) say(`The database that was there is now ${done.replaced}`);
}
