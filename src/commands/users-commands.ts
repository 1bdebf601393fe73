import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { quoted } from './named-user.js';
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

/** `mooring users`: what an operator does for users. */
@Command({
  name: 'users',
  description: 'The users of the installation.',
  subCommands: [ListUsersCommand, DisableUserCommand, EnableUserCommand],
})
export class UsersCommand extends CommandRunner {
  run(): Promise<void> {
    return this.command.help({ error: true });
  }
}

/** All commands about users. */
export const USERS_COMMANDS = [UsersCommand, ListUsersCommand, DisableUserCommand, EnableUserCommand];
