import { TEST_SERVER } from './fresh-database.js';
import { CommandRun, mooring } from './mooring-command.js';

/** What the built-in administrator's password is in these stories. */
export const ADMIN_PASSWORD = 'Admin-password-1';

/** How a command is to end. */
export interface CommandEnd {
  readonly code: number;
  /** What it says, on stdout and stderr together. */
  readonly says: RegExp;
}

/** A command, as the stories of every command call it. */
export interface CommandRow {
  /** As `mooring --help` names it. */
  readonly name: string;
  /**
   * Its arguments; files are named in its working directory, where `kept.backup` is a backup of this engine, `map.csv` a map of
   * an identity that nobody has, and `settings.yaml` a settings file. {@link LOCAL_USERS} are the users.
   */
  readonly args?: readonly string[];
  /** What is on its standard input. */
  readonly input?: string;
  /** In an empty folder, without any variable. */
  readonly unconfigured: CommandEnd;
  /** With another encryption key than that of the installation. */
  readonly wrongKey: CommandEnd;
  /** With a database that is missing, or whose server is down. */
  readonly noDatabase: CommandEnd;
  /** Beside a running server, while others write. */
  readonly besideServer: CommandEnd;
  /** The tables whose rows it changes, and says so; it may add rows to the audit log. */
  readonly changes?: readonly string[];
  /** The file that it makes, and says so. */
  readonly makes?: string;
  /** It replaces the password of those who write beside it, perhaps while one of their requests is checked by the old one. */
  readonly replacesPassword?: boolean;
}

/** The local users of the installation. */
export const LOCAL_USERS = ['quincy', 'florence', 'bartholomew', 'zoe'] as const;

const NO_DATABASE: CommandEnd = { code: 1, says: /There is no database .*mooring\.db|did not answer \(ECONNREFUSED\)/ };
const OTHER_KEY: CommandEnd = {
  code: 1,
  says: /The encryption key is not the one that the database was encrypted with/,
};
const REFUSED = { unconfigured: NO_DATABASE, wrongKey: OTHER_KEY, noDatabase: NO_DATABASE };
const SOUND: CommandEnd = { code: 0, says: /settings\.yaml is valid: 1 setting and 1 access rule\./ };
const NO_KEY: CommandEnd = { code: 1, says: /no encryption key was given/ };

/** A row for each command of `mooring`, except `start` (`test/process-start`, `test/sqlite/second-server`). */
export const COMMAND_TABLE: readonly CommandRow[] = [
  {
    name: 'keys rotate',
    ...REFUSED,
    besideServer: { code: 0, says: /The key \S+ signs from .* 2 keys are published/ },
    changes: ['signing_keys'],
  },
  {
    name: 'keys rotate-client',
    ...REFUSED,
    besideServer: { code: 0, says: /The new client keys sign from .* 4 keys are published/ },
    changes: ['client_keys'],
  },
  { name: 'keys rewrap', ...REFUSED, besideServer: { code: 0, says: /0 values were re-encrypted.*keep that key/ } },
  {
    name: 'admin reset-password',
    args: ['--password-stdin'],
    input: ADMIN_PASSWORD,
    ...REFUSED,
    besideServer: { code: 0, says: /has a new password, and their sessions have ended/ },
    changes: ['users', 'sessions'],
    replacesPassword: true,
  },
  { name: 'users list', ...REFUSED, besideServer: { code: 0, says: /NAME.*admin.*BUILT_IN.*quincy/s } },
  {
    name: 'users disable',
    args: ['quincy'],
    ...REFUSED,
    besideServer: { code: 0, says: /"quincy" is disabled/ },
    changes: ['users'],
  },
  {
    name: 'users enable',
    args: ['florence'],
    ...REFUSED,
    besideServer: { code: 0, says: /"florence" is enabled/ },
    changes: ['users'],
  },
  {
    name: 'users remove',
    args: ['bartholomew', '--yes'],
    ...REFUSED,
    besideServer: { code: 0, says: /"bartholomew" was removed/ },
    changes: ['users', 'audit_events'],
  },
  {
    name: 'users rename',
    args: ['zoe', 'zenobia'],
    ...REFUSED,
    besideServer: { code: 0, says: /zenobia/ },
    changes: ['users'],
  },
  {
    name: 'users rebind',
    args: ['--map', 'map.csv', '--apply'],
    ...REFUSED,
    besideServer: { code: 1, says: /line 2: no user has the old identity.*Nothing was changed/s },
  },
  { name: 'mode reset', args: ['--yes'], ...REFUSED, besideServer: { code: 0, says: /There were no OIDC users/ } },
  {
    name: 'settings check',
    args: ['settings.yaml'],
    ...{ unconfigured: SOUND, wrongKey: SOUND, noDatabase: SOUND, besideServer: SOUND },
  },
  {
    name: 'settings export',
    ...REFUSED,
    besideServer: { code: 0, says: /^authMode: DATABASE$.*users\/\$\{username\}/ms },
  },
  {
    name: 'doctor',
    ...REFUSED,
    // The server of the suite does not wait for its disk.
    besideServer: TEST_SERVER
      ? { code: 1, says: /innodb_flush_log_at_trx_commit=0.*Nothing was changed/s }
      : { code: 0, says: /0 errors, .*Nothing was changed/s },
  },
  {
    name: 'backup',
    args: ['made.backup'],
    ...REFUSED,
    besideServer: TEST_SERVER
      ? { code: 1, says: /Nothing was backed up. Run this command/ }
      : { code: 0, says: /Backed up to .*made\.backup: .* It was checked/ },
    ...(!TEST_SERVER && { makes: 'made.backup' }),
  },
  {
    name: 'restore',
    args: ['kept.backup'],
    unconfigured: NO_KEY,
    wrongKey: OTHER_KEY,
    // The check comes first, and needs no database.
    noDatabase: { code: 1, says: /Nothing was restored|ENCRYPTION_KEY|no encryption key/ },
    besideServer: TEST_SERVER
      ? { code: 1, says: /Nothing was restored/ }
      : { code: 1, says: /There is a database .* already, and it was not changed/ },
  },
];

/** The names of all commands that have no subcommands, as the help tells them. */
export async function namesOfCommands(path: readonly string[] = []): Promise<string[]> {
  const { out }: CommandRun = await mooring([...path, '--help']);
  const [, listed = ''] = out.split('\nCommands:\n');
  const names = [...listed.matchAll(/^ {2}([a-z][\w-]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
  if (names.length === 0) return [path.join(' ')];
  return (await Promise.all(names.map((name) => namesOfCommands([...path, name])))).flat();
}
