import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { confirm, demandTerminal } from './confirm.js';
import { quoted } from './terminal-text.js';
import { RebindUsersCommand, RenameUserCommand } from './rename-commands.js';
import { writeOut } from './write-out.js';

const NAME = { arguments: '<name>', argsDescription: { name: 'The user name.' } };

/** `mooring users list`: everybody who has an account. */
@SubCommand({
  name: 'list',
  description:
    'List all users by name. ROLE is the role that was granted directly: members of the admin group are administrators, too.',
})
export class ListUsersCommand extends CommandRunner {
  async run(_arguments: string[], { json = false }: { json?: boolean }): Promise<void> {
    const { listUsers } = await import('./list-users.js');
    await listUsers(json, writeOut);
  }

  @Option({
    flags: '--json',
    description: 'Print a JSON array: username, kind, issuer, subject, isDisabled, isAdmin, createdAt, lastLoginAt.',
  })
  asJson(): boolean {
    return true;
  }
}

/** `mooring users disable`: ends everything that a user may do. */
@SubCommand({
  name: 'disable',
  ...NAME,
  description:
    'Disable a user: their sessions end, their CLI secret is refused, and no login is accepted until they are enabled.',
})
export class DisableUserCommand extends CommandRunner {
  async run([name = '']: string[]): Promise<void> {
    const { setUserDisabled } = await import('./disable-user.js');
    const username = await setUserDisabled(name, true);
    await writeOut(`${quoted(username)} is disabled. Their sessions have ended, and their CLI secret is refused.\n`);
  }
}

/** `mooring users enable`: undoes {@link DisableUserCommand}. */
@SubCommand({ name: 'enable', ...NAME, description: 'Enable a user who was disabled. They have to log in again.' })
export class EnableUserCommand extends CommandRunner {
  async run([name = '']: string[]): Promise<void> {
    const { setUserDisabled } = await import('./disable-user.js');
    await writeOut(`${quoted(await setUserDisabled(name, false))} is enabled. They have to log in again.\n`);
  }
}

/** `mooring users remove`: for people who want to be forgotten. */
@SubCommand({
  name: 'remove',
  ...NAME,
  description:
    'Remove a user for good, with everything personal. Nobody else can get the name. VERIFIER and METRICS service tokens that they created stay valid.',
})
export class RemoveUserCommand extends CommandRunner {
  async run([name = '']: string[], { yes = false }: { yes?: boolean }): Promise<void> {
    demandTerminal(yes);
    const { removeUser } = await import('./remove-user.js');
    const username = await removeUser(name, async (found) => {
      if (!yes) await confirm(`This cannot be undone. Type the user name ${quoted(found)} to remove it: `, found);
    });
    await writeOut(`${quoted(username)} was removed.\n`);
  }

  @Option({ flags: '--yes', description: 'Do not ask.' })
  isConfirmed(): boolean {
    return true;
  }
}

const SUBCOMMANDS = [
  ListUsersCommand,
  DisableUserCommand,
  EnableUserCommand,
  RemoveUserCommand,
  RenameUserCommand,
  RebindUsersCommand,
];

/** `mooring users`: what an operator does for users. */
@Command({ name: 'users', description: 'The users of the installation.', subCommands: SUBCOMMANDS })
export class UsersCommand extends CommandRunner {
  run(): Promise<void> {
    return this.command.help({ error: true });
  }
}

/** All commands about users. */
export const USERS_COMMANDS = [UsersCommand, ...SUBCOMMANDS];
