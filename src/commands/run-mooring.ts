import { Injectable, Module } from '@nestjs/common';
import { CommandFactory, InjectCommander } from 'nest-commander';
import { CommandsModule } from './commands.js';
import { releaseOf } from '../common/runtime/release.js';
import { UsageError } from './usage-error.js';

/** The exit codes of `mooring` (docs/commands.md); the last one is EX_USAGE of sysexits.h. */
const EXIT = { done: 0, failed: 1, usage: 64 };

/** The part of a commander command that is set up here. */
interface ParsedCommand {
  readonly commands: readonly ParsedCommand[];
  exitOverride(): unknown;
  allowExcessArguments(allow: boolean): unknown;
  showHelpAfterError(show: boolean): unknown;
}

/** Holds the command line's parser. */
@Injectable()
class CommandLine {
  constructor(@InjectCommander() readonly root: ParsedCommand) {}
}

@Module({ imports: [CommandsModule], providers: [CommandLine] })
class MooringModule {}

/** Runs the command that the arguments of this process name, and sets the exit code. */
export async function runMooring(): Promise<void> {
  const app = await CommandFactory.createWithoutRunning(MooringModule, {
    ...{ cliName: 'mooring', version: releaseOf(import.meta.dirname), logger: ['error'] },
    serviceErrorHandler: tellError,
  });
  try {
    beStrict(app.get(CommandLine).root);
    await CommandFactory.runApplication(app);
  } finally {
    await app.close();
  }
}

/** Sets the exit code that an error stands for, and prints its message unless the parser has printed it. */
export function tellError(error: Error): void {
  const { code = '', exitCode } = error as { code?: string; exitCode?: number };
  if (code.startsWith('commander.')) {
    process.exitCode = exitCode === 0 ? EXIT.done : EXIT.usage;
    return;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** Commands inherit these from their parents only where the parser makes them, which it does not here. */
function beStrict(command: ParsedCommand): void {
  command.exitOverride();
  command.allowExcessArguments(false);
  command.showHelpAfterError(true);
  for (const one of command.commands) beStrict(one);
}
