import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { confirm, demandTerminal } from './confirm.js';
import type { ResetMode } from './reset-mode.js';
import { UsageError } from './usage-error.js';
import { writeOut } from './write-out.js';

interface ResetOptions {
  readonly yes?: boolean;
  readonly to?: 'DATABASE';
}

/** `mooring mode reset`: the way out of OIDC mode. */
@SubCommand({
  name: 'reset',
  description:
    'Remove all OIDC users for good, so that the auth mode can be changed again. Servers may keep running. The command can be stopped and run again.',
})
export class ResetModeCommand extends CommandRunner {
  async run(_arguments: string[], { yes = false, to }: ResetOptions): Promise<void> {
    demandTerminal(yes);
    const [{ resetMode }, { AuthMode }] = await Promise.all([
      import('./reset-mode.js'),
      import('../settings/auth-mode.js'),
    ]);
    const done = await resetMode({
      to: to ? AuthMode[to] : null,
      confirm: (users, host) => (yes ? Promise.resolve() : confirm(questionOf(users, host), host)),
      onProgress: (removed, users) => process.stderr.write(`${removed} of ${users} users removed\n`),
    });
    await writeOut(`${summaryOf(done)}\n`);
    if (done.left > 0) process.exitCode = 1;
  }

  @Option({ flags: '--yes', description: 'Do not ask.' })
  isConfirmed(): boolean {
    return true;
  }

  @Option({ flags: '--to <mode>', description: 'Change the auth mode afterwards: database.' })
  nextMode(text: string): 'DATABASE' {
    if (text.toLowerCase() === 'database') return 'DATABASE';
    throw new UsageError('--to', 'must be database.');
  }
}

function questionOf(users: number, host: string): string {
  return `${counted(users)} of ${host} will be removed for good, with everything personal. This cannot be undone.\nType ${host} to remove them: `;
}

function summaryOf({ removed, left, authMode }: ResetMode): string {
  const done = removed === 0 ? 'There were no OIDC users.' : `Removed: ${counted(removed)}.`;
  if (left > 0) return `${done} Logged in meanwhile: ${counted(left)}. Run this again.`;
  return `${done} The auth mode is ${authMode}. It can be changed while nobody but the built-in administrator has an account.`;
}

function counted(users: number): string {
  return users === 1 ? '1 OIDC user' : `${users} OIDC users`;
}

/** `mooring mode`: what an operator does for the auth mode. */
@Command({ name: 'mode', description: 'The auth mode.', subCommands: [ResetModeCommand] })
export class ModeCommand extends CommandRunner {
  run(): Promise<void> {
    return this.command.help({ error: true });
  }
}

/** All commands about the auth mode. */
export const MODE_COMMANDS = [ModeCommand, ResetModeCommand];
