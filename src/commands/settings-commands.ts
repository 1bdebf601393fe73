import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import type { CheckedFile } from './check-settings.js';
import { quoted } from './terminal-text.js';
import { UsageError } from './usage-error.js';
import { writeOut } from './write-out.js';

/** `mooring settings check`: what a start would say of a settings file. */
@SubCommand({
  name: 'check',
  arguments: '<file>',
  argsDescription: { file: 'The settings file: YAML or JSON.' },
  description:
    'Check a settings file as a start would, without a database. Of the environment, the names of the registry services count, and the variables that the file names.',
})
export class CheckSettingsCommand extends CommandRunner {
  async run([file = '']: string[], { json = false }: { json?: boolean }): Promise<void> {
    const { checkSettings } = await import('./check-settings.js');
    const checked = checkSettings(file);
    await writeOut(json ? `${jsonOf(checked)}\n` : textOf(checked));
    if (!checked.isValid) process.exitCode = 1;
  }

  @Option({
    flags: '--json',
    description: 'Print JSON: file, isValid, settings, accessRules, problems (name, problem, line, column), warnings.',
  })
  asJson(): boolean {
    return true;
  }
}

function jsonOf({ problems, ...checked }: CheckedFile): string {
  const told = problems.map(({ name, problem, place }) => ({ name, problem, ...place }));
  return JSON.stringify({ ...checked, problems: told });
}

function textOf({ file, isValid, settings, accessRules, problems, warnings }: CheckedFile): string {
  const told = problems.map(({ name, problem, place }) =>
    [`${file}:${place?.line}:${place?.column}:`, name, problem].filter((part) => part !== '').join(' '),
  );
  const warned = warnings.map((text) => `${file}: warning: ${text}`);
  const summary = isValid
    ? `${file} is valid: ${counted(settings.length, 'setting')} and ${counted(accessRules, 'access rule')}.`
    : `${counted(problems.length, 'problem')} in ${file}.`;
  return [...told, ...warned, summary].map((line) => `${line}\n`).join('');
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

interface ExportOptions {
  readonly json?: boolean;
  readonly withSecrets?: boolean;
  readonly out?: string;
}

/** `mooring settings export`: the settings in force in the form of a settings file. */
@SubCommand({
  name: 'export',
  description:
    'Print the settings and access rules in force that differ from the defaults, in the form of a settings file. Secrets are left out.',
})
export class ExportSettingsCommand extends CommandRunner {
  async run(_arguments: string[], { json = false, withSecrets = false, out }: ExportOptions): Promise<void> {
    if (withSecrets && out === undefined) throw new UsageError('--with-secrets', 'needs --out FILE.');
    const { exportSettings } = await import('./export-settings.js');
    const text = await exportSettings({ withSecrets, asJson: json, out });
    await writeOut(text ?? `The settings are in ${quoted(out ?? '')}, which only you can read.\n`);
  }

  @Option({ flags: '--json', description: 'JSON instead of YAML.' })
  asJson(): boolean {
    return true;
  }

  @Option({ flags: '--out <file>', description: 'Write to a new file that only its owner can read (mode 0600).' })
  outTo(path: string): string {
    return path;
  }

  @Option({
    flags: '--with-secrets',
    description: 'With --out: write the client secret, too. The audit log notes it.',
  })
  includingSecrets(): boolean {
    return true;
  }
}

/** `mooring settings`: settings as code. */
@Command({
  name: 'settings',
  description: 'The settings and access rules as a file (SETTINGS_FILE).',
  subCommands: [CheckSettingsCommand, ExportSettingsCommand],
})
export class SettingsCommand extends CommandRunner {
  run(): Promise<void> {
    return this.command.help({ error: true });
  }
}

/** All commands about the settings file. */
export const SETTINGS_COMMANDS = [SettingsCommand, CheckSettingsCommand, ExportSettingsCommand];
