import { Module } from '@nestjs/common';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { BadUserInput } from '../common/errors/common.errors.js';

const MOST_MINUTES_AHEAD = 10_080;

interface RotateOptions {
  readonly json?: boolean;
  readonly after?: number;
}

/** `mooring start`: the server itself, in this process. */
@Command({ name: 'start', description: 'Start the server. It is configured by its environment alone.' })
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
    'Add a key that signs registry tokens from then on. The one before stays published until every token of it has ended. Registries need no change: their certificate stays.',
})
export class RotateKeysCommand extends CommandRunner {
  async run(_arguments: string[], { json = false, after = 0 }: RotateOptions): Promise<void> {
    const { rotateKeys } = await import('./rotate-keys.js');
    const { kid, signsFrom, published } = await rotateKeys(after);
    const text = json
      ? JSON.stringify({ kid, signsFrom: signsFrom.toISOString(), published })
      : `The key ${kid} signs from ${signsFrom.toISOString()}. ${published.length} keys are published.`;
    process.stdout.write(`${text}\n`);
  }

  @Option({ flags: '--json', description: 'Print JSON: kid, signsFrom, and the ids of all keys that are published.' })
  asJson(): boolean {
    return true;
  }

  @Option({
    flags: '--after <minutes>',
    description: 'In how many minutes the new key begins to sign: 0, the default, to 10080. It is published at once.',
  })
  minutesAhead(text: string): number {
    if (/^\d{1,5}$/.test(text) && Number(text) <= MOST_MINUTES_AHEAD) return Number(text);
    throw BadUserInput.field('--after', 'OUT_OF_RANGE', `must be a whole number from 0 to ${MOST_MINUTES_AHEAD}.`);
  }
}

interface Rewrapping {
  readonly rewrapped: number;
  readonly unopened: number;
  readonly isComplete: boolean;
}

/** `mooring keys rewrap`: everything under a new encryption key. */
@SubCommand({
  name: 'rewrap',
  description:
    'Seal everything in the database with the first key of ENCRYPTION_KEY, which names the new key and then the old one. Servers may run meanwhile, with both keys as well. It can be stopped and run again at any time; afterwards the old key is needed no longer.',
})
export class RewrapKeysCommand extends CommandRunner {
  async run(_arguments: string[], { json = false }: { json?: boolean }): Promise<void> {
    const { rewrapKeys } = await import('./rewrap-keys.js');
    const done = await rewrapKeys((column, { rewrapped }) => {
      process.stderr.write(`${column}: ${rewrapped} sealed anew\n`);
    });
    process.stdout.write(`${json ? jsonOf(done) : summaryOf(done)}\n`);
    if (!done.isComplete) process.exitCode = 1;
  }

  @Option({ flags: '--json', description: 'Print JSON: resealed, unopened, isComplete.' })
  asJson(): boolean {
    return true;
  }
}

/** Scripts read the word of the first release. */
function jsonOf({ rewrapped: resealed, unopened, isComplete }: Rewrapping): string {
  return JSON.stringify({ resealed, unopened, isComplete });
}

function summaryOf({ rewrapped, unopened, isComplete }: Rewrapping): string {
  if (isComplete) return `${rewrapped} values were sealed anew. Nothing is left under another key: remove the old one.`;
  if (unopened === 0)
    return `${rewrapped} values were sealed anew, and a server has sealed more with the old key. Run this again.`;
  return `${rewrapped} values were sealed anew. ${unopened} are opened by neither key and were left: keep the old key, and look for the key that sealed them.`;
}

/** `mooring keys`: what is done to the keys of the installation. */
@Command({
  name: 'keys',
  description: 'The keys that sign registry tokens, and the one that seals secrets.',
  subCommands: [RotateKeysCommand, RewrapKeysCommand],
})
export class KeysCommand extends CommandRunner {
  run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}

/** The commands of `mooring`. What one needs is loaded when it runs, so that `--help` is quick. */
@Module({ providers: [StartCommand, KeysCommand, RotateKeysCommand, RewrapKeysCommand] })
export class CommandsModule {}
