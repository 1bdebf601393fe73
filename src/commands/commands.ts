import { Module } from '@nestjs/common';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { AdminCommand, ResetAdminPasswordCommand } from './admin-commands.js';
import { BackupCommand, RestoreCommand } from './backup-commands.js';
import { DoctorCommand } from './doctor-command.js';
import { MODE_COMMANDS } from './mode-commands.js';
import { SETTINGS_COMMANDS } from './settings-commands.js';
import { UsageError } from './usage-error.js';
import { USERS_COMMANDS } from './users-commands.js';

const MOST_MINUTES_AHEAD = 10_080;

/** The minutes in which new client keys start to sign, if the command does not say. */
const USUAL_CLIENT_MINUTES_AHEAD = 60;

/** The minutes in which the next certificate of a service counts, if the command does not say. */
const USUAL_SERVICE_MINUTES_AHEAD = 1440;

interface RotateOptions {
  readonly json?: boolean;
  readonly after?: number;
  readonly service?: string;
}

/** `mooring start`: the server itself, in this process. */
@Command({
  name: 'start',
  description:
    'Start the server. It is configured by environment variables and the file .env in the working directory.',
})
export class StartCommand extends CommandRunner {
  async run(): Promise<void> {
    const [{ startServer }, { endWithError }] = await Promise.all([
      import('./start-server.js'),
      import('./end-with-error.js'),
    ]);
    await startServer().catch(endWithError);
  }
}

/** `mooring keys rotate`: a new key for registry tokens. */
@SubCommand({
  name: 'rotate',
  description:
    'Add a new signing key for registry tokens. The previous key stays published until every token that it signed has expired. Registries need no change: the certificate stays the same. With --service, announce the next certificate of a service that has one of its own; if one is announced already, change its time.',
})
export class RotateKeysCommand extends CommandRunner {
  async run(_arguments: string[], { json = false, after, service }: RotateOptions): Promise<void> {
    const text = await (service === undefined
      ? this.rotateShared(json, after)
      : this.rotateService(json, service, after));
    process.stdout.write(`${text}\n`);
  }

  private async rotateShared(json: boolean, after = 0): Promise<string> {
    const { rotateKeys } = await import('./rotate-keys.js');
    const { kid, signsFrom, published } = await rotateKeys(after);
    return json
      ? JSON.stringify({ kid, signsFrom: signsFrom.toISOString(), published })
      : `The key ${kid} signs from ${signsFrom.toISOString()}. ${published.length} keys are published.`;
  }

  private async rotateService(json: boolean, name: string, after = USUAL_SERVICE_MINUTES_AHEAD): Promise<string> {
    const { rotateServiceKey, tellRotatedServiceKey } = await import('./rotate-service-key.js');
    const rotated = await rotateServiceKey(name, after);
    return json ? JSON.stringify(rotated) : tellRotatedServiceKey(rotated, after);
  }

  @Option({
    flags: '--json',
    description:
      'Print JSON: kid, signsFrom, and the IDs of all published keys; with --service: service, kid, signsFrom, and the URL of the certificate.',
  })
  asJson(): boolean {
    return true;
  }

  @Option({
    flags: '--after <minutes>',
    description:
      'Minutes until the new key starts to sign: 0 (default) to 10080; with --service 1440 by default. It is published immediately.',
  })
  minutesAhead(text: string): number {
    return minutesAheadIn(text);
  }

  @Option({
    flags: '--service <name>',
    description: 'The name of a service that REGISTRY_SERVICES lists with ;key=certificate.',
  })
  serviceName(text: string): string {
    return text;
  }
}

/** `mooring keys rotate-client`: new keys for the client authentication `private_key_jwt`. */
@SubCommand({
  name: 'rotate-client',
  description:
    'Add new keys with which Mooring authenticates itself at the OpenID provider (private_key_jwt), one for each algorithm. They are published under /oidc/client-jwks.json at once, and sign later, so that the provider has loaded them by then; the previous ones stay published for an hour after that.',
})
export class RotateClientKeysCommand extends CommandRunner {
  async run(_arguments: string[], options: RotateOptions): Promise<void> {
    const { json = false, after = USUAL_CLIENT_MINUTES_AHEAD } = options;
    const { rotateClientKeys } = await import('./rotate-client-keys.js');
    const { signsFrom, published } = await rotateClientKeys(after);
    const text = json
      ? JSON.stringify({ signsFrom: signsFrom.toISOString(), published })
      : `The new client keys sign from ${signsFrom.toISOString()}. ${published.length} keys are published.`;
    process.stdout.write(`${text}\n`);
  }

  @Option({ flags: '--json', description: 'Print JSON: signsFrom, and the IDs of all published keys.' })
  asJson(): boolean {
    return true;
  }

  @Option({
    flags: '--after <minutes>',
    description:
      'Minutes until the new keys start to sign: 0 to 10080, 60 by default. A provider that keeps key sets for longer needs more.',
  })
  minutesAhead(text: string): number {
    return minutesAheadIn(text);
  }
}

interface Rewrapping {
  readonly rewrapped: number;
  readonly unopened: number;
  readonly isComplete: boolean;
  readonly hasOldKey: boolean;
}

/** `mooring keys rewrap`: all sealed values under a new encryption key. */
@SubCommand({
  name: 'rewrap',
  description:
    'Re-encrypt all secrets in the database with the first key in ENCRYPTION_KEY (the new key, then the old one). Servers may keep running, also with both keys. The command can be stopped and run again at any time; when it is complete, servers no longer need the old key, but backups made before do.',
})
export class RewrapKeysCommand extends CommandRunner {
  async run(_arguments: string[], { json = false }: { json?: boolean }): Promise<void> {
    const { rewrapKeys } = await import('./rewrap-keys.js');
    const done = await rewrapKeys((column, { rewrapped }) => {
      process.stderr.write(`${column}: ${rewrapped} re-encrypted\n`);
    });
    process.stdout.write(`${json ? jsonOf(done) : summaryOf(done)}\n`);
    if (!done.isComplete) process.exitCode = 1;
  }

  @Option({ flags: '--json', description: 'Print JSON: resealed, unopened, isComplete.' })
  asJson(): boolean {
    return true;
  }
}

/** Scripts read this key of the first release. */
function jsonOf({ rewrapped: resealed, unopened, isComplete }: Rewrapping): string {
  return JSON.stringify({ resealed, unopened, isComplete });
}

function minutesAheadIn(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= MOST_MINUTES_AHEAD) return Number(text);
  throw new UsageError('--after', `must be a whole number from 0 to ${MOST_MINUTES_AHEAD}.`);
}

function summaryOf({ rewrapped, unopened, isComplete, hasOldKey }: Rewrapping): string {
  if (isComplete && !hasOldKey)
    return `${rewrapped} values were re-encrypted. No value is under another key than the one above: keep that key. To replace it, set ENCRYPTION_KEY to the new key and the old one.`;
  if (isComplete)
    return `${rewrapped} values were re-encrypted. No value is left under another key: remove the old key from the servers, and keep it for as long as you keep earlier backups.`;
  if (unopened === 0)
    return `${rewrapped} values were re-encrypted, and a server has encrypted more with the old key. Run this again.`;
  return `${rewrapped} values were re-encrypted. ${unopened} could not be decrypted with either key and were left as they are: keep the old key, and look for the key that encrypted them.`;
}

/** `mooring keys`: the commands for the keys of the installation. */
@Command({
  name: 'keys',
  description:
    'The keys that sign registry tokens, those of Mooring at the OpenID provider, and the key that encrypts secrets.',
  subCommands: [RotateKeysCommand, RotateClientKeysCommand, RewrapKeysCommand],
})
export class KeysCommand extends CommandRunner {
  run(): Promise<void> {
    return this.command.help({ error: true });
  }
}

/** The commands of `mooring`. Each loads its dependencies when it runs, so that `--help` is quick. */
@Module({
  providers: [
    ...[StartCommand, KeysCommand, RotateKeysCommand, RotateClientKeysCommand, RewrapKeysCommand],
    ...[AdminCommand, ResetAdminPasswordCommand],
    ...[BackupCommand, RestoreCommand, DoctorCommand],
    ...USERS_COMMANDS,
    ...MODE_COMMANDS,
    ...SETTINGS_COMMANDS,
  ],
})
export class CommandsModule {}
