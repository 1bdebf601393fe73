/** Shells by their rules of quoting: POSIX stands for bash, zsh, dash and fish. */
export type Shell = 'POSIX' | 'POWERSHELL';

/** The programs that log in at a registry, in the order of their tabs. */
export const CLIENTS = ['docker', 'podman', 'helm', 'kubernetes', 'ci'] as const;

/** One of the programs. */
export type Client = (typeof CLIENTS)[number];

/** A step of a login, for its label. */
export type Step = Exclude<Client, 'kubernetes'> | 'folder' | 'pullLogin' | 'pullSecret' | 'remove';

/** A command to copy. */
export interface Command {
  readonly step: Step;
  readonly text: string;
}

/** Who logs in, and where. */
export interface Account {
  readonly username: string;
  readonly registry: string;
}

const FOLDER = 'pull-secret';
const FILE = `${FOLDER}/config.json`;

/** The text as one word for bash, zsh, dash and fish alike. */
export function posixQuoted(text: string): string {
  if (/^[\w./:@+-][\w./:@+=-]*$/.test(text)) return text;
  // Outside of the quotes, because fish, unlike the others, has escapes within them.
  return `'${text.replace(/['\\]/g, `'\\$&'`)}'`;
}

/** The text as one word for PowerShell, for which typographic quotes are single quotes too. */
export function powershellQuoted(text: string): string {
  if (/^(?:[A-Za-z][\w.:/-]*|--?[a-z][a-z-]*)$/.test(text)) return text;
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}

const QUOTED = { POSIX: posixQuoted, POWERSHELL: powershellQuoted };

/**
 * The commands with which a person logs in. None contains the secret: each program asks for it by itself, and in CI it comes from
 * the variable CLI_SECRET.
 */
export function commandsFor(client: Client, account: Account, shell: Shell): readonly Command[] {
  const line = (...words: string[]) => words.map(QUOTED[shell]).join(' ');
  const { username, registry } = account;
  const user = username.startsWith('-') ? [`--username=${username}`] : ['-u', username];
  if (client === 'helm') return [{ step: client, text: line('helm', 'registry', 'login', ...user, registry) }];
  if (client === 'kubernetes') return pullSecret(line, user, registry, shell);
  if (client !== 'ci') return [{ step: client, text: line(client, 'login', ...user, registry) }];
  const login = line('docker', 'login', ...user, '--password-stdin', registry);
  return [{ step: client, text: `${shell === 'POSIX' ? `printf '%s' "$CLI_SECRET"` : '$env:CLI_SECRET'} | ${login}` }];
}

type Line = (...words: string[]) => string;

/** The login in a folder of its own, so that the cluster gets no other logins of the person. */
function pullSecret(line: Line, user: readonly string[], registry: string, shell: Shell): readonly Command[] {
  // An entry, so that docker writes the login into the file and not into the keychain of the system.
  const config = JSON.stringify({ auths: { [registry]: {} } });
  const secret = ['create', 'secret', 'generic', 'registry-login', '--type=kubernetes.io/dockerconfigjson'];
  const isPosix = shell === 'POSIX';
  return [
    {
      step: 'folder',
      text: isPosix
        ? `mkdir -m 700 ${FOLDER} && printf %s ${line(config)} > ${FILE}`
        : `mkdir ${FOLDER}; Set-Content -Encoding ascii ${FILE} ${line(config)}`,
    },
    { step: 'pullLogin', text: line('docker', '--config', FOLDER, 'login', ...user, registry) },
    { step: 'pullSecret', text: line('kubectl', ...secret, `--from-file=.dockerconfigjson=${FILE}`) },
    { step: 'remove', text: `rm -r ${FOLDER}` },
  ];
}
