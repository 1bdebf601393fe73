import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { SecretText } from '../common/crypto/secret-text.js';
import { UsageError } from './usage-error.js';

interface PasswordOptions {
  readonly passwordFile?: string;
  readonly passwordStdin?: boolean;
}

/** `mooring admin reset-password`: a way back in for the operator. */
@SubCommand({
  name: 'reset-password',
  description:
    'Give the built-in administrator a new password, and end their sessions. Without an option a random password is made and printed once, on stdout. Servers may keep running.',
})
export class ResetAdminPasswordCommand extends CommandRunner {
  async run(_arguments: string[], options: PasswordOptions): Promise<void> {
    const given = await givenPassword(options);
    const { resetAdminPassword } = await import('./reset-admin-password.js');
    const { made, uselessFile } = await resetAdminPassword(given);
    process.stderr.write('The built-in administrator "admin" has a new password, and their sessions have ended.\n');
    if (uselessFile) process.stderr.write(`The password in ${uselessFile} no longer counts: delete the file.\n`);
    if (made) process.stdout.write(`${made}\n`);
  }

  @Option({ flags: '--password-file <file>', description: 'Read the new password from a file.' })
  fileWithPassword(file: string): string {
    return file;
  }

  @Option({ flags: '--password-stdin', description: 'Read the new password from standard input.' })
  fromStandardInput(): boolean {
    return true;
  }
}

async function givenPassword({ passwordFile, passwordStdin }: PasswordOptions): Promise<SecretText | null> {
  if (passwordFile !== undefined && passwordStdin) {
    throw new UsageError('--password-stdin', 'can not be combined with --password-file.');
  }
  if (passwordFile === undefined && !passwordStdin) return null;
  const read = passwordFile === undefined ? await text(process.stdin) : await textOf(passwordFile);
  return SecretText.given(read);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError('--password-file', `${file} can't be read (${error.code ?? 'no code'}).`);
  });
}

/** `mooring admin`: what an operator does for the built-in administrator. */
@Command({
  name: 'admin',
  description: 'The built-in administrator.',
  subCommands: [ResetAdminPasswordCommand],
})
export class AdminCommand extends CommandRunner {
  run(): Promise<void> {
    return this.command.help({ error: true });
  }
}
