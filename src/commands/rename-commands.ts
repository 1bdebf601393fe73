import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { quoted } from './terminal-text.js';

/** `mooring users rename`: another user name for the same account. */
@SubCommand({
  name: 'rename',
  arguments: '<name> <new-name>',
  argsDescription: { name: 'The user name.', 'new-name': 'The new user name, by the rules for user names.' },
  description:
    'Give a user another user name. Sessions, the CLI secret, the password and rights go on, under the new name. Nobody else can take the former name; the same user can take it back. Servers may keep running.',
})
export class RenameUserCommand extends CommandRunner {
  async run([name = '', next = '']: string[]): Promise<void> {
    const { renameUser } = await import('./rename-user.js');
    const { before, after, formerRepositories } = await renameUser(name, next);
    const [was, is] = [before, after].map(quoted);
    process.stdout.write(
      `${was} is now ${is}. Registry clients have to log in with the new name; password and CLI secret stay.\n`,
    );
    if (formerRepositories === null) return;
    process.stderr.write(
      `In access rules, \${username} now stands for the new name of this user. Nobody gets access to repositories with "${formerRepositories}" in their name by such a rule any more: move them, or create access rules that name the user.\n`,
    );
  }
}

interface RebindOptions {
  readonly map: string;
  readonly apply?: boolean;
}

/** `mooring users rebind`: the same people at another provider. */
@SubCommand({
  name: 'rebind',
  description:
    'Give users other identities: another issuer, other subjects, or both. The map is a CSV file with the header old_issuer,old_subject,new_issuer,new_subject. Without --apply nothing is changed: what would change, and every conflict, is printed. With it all lines are applied or, if there is a conflict, none. Servers may keep running.',
})
export class RebindUsersCommand extends CommandRunner {
  async run(_arguments: string[], { map, apply = false }: RebindOptions): Promise<void> {
    const [{ rebindUsers }, { reportOf }] = await Promise.all([
      import('./rebind-users.js'),
      import('./rebinding-report.js'),
    ]);
    const rebinding = await rebindUsers(map, !apply);
    process.stdout.write(reportOf(rebinding));
    if (rebinding.conflicts.length === 0) return;
    process.stderr.write('The map has conflicts: nothing was changed.\n');
    process.exitCode = 1;
  }

  @Option({ flags: '--map <file>', description: 'The map.', required: true })
  fileWithMap(file: string): string {
    return file;
  }

  @Option({ flags: '--apply', description: 'Apply the map.' })
  mayApply(): boolean {
    return true;
  }
}
