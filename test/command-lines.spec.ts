import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CLIENTS, commandsFor, powershellQuoted } from '../portal/src/screens/profile/commands.js';
import { problemOfForm } from '../src/users/names/username.js';

const SECRET = `Se'cr$et "!" \\n %s 1`;

/** How each shell reads commands from its input as if they were typed; bash and zsh then replace ! with what was typed before. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc', '--noprofile', '-i'],
  dash: ['-i'],
  zsh: ['-f', '-i'],
  fish: ['--no-config'],
};
const pathOf = (program: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
const here = Object.keys(ARGUMENTS).filter((shell) => pathOf(shell));
const absent = Object.keys(ARGUMENTS).filter((shell) => !here.includes(shell));

const NAMES = [
  ...[
    'lin',
    'lin@example.com',
    "o'neil",
    "'",
    "''",
    "o'!neil!'",
    'wow!',
    '!!',
    '!1',
    '!lin',
    '-lin',
    '--lin',
    "-o'n",
    '-',
  ],
  ...[
    '(lin)',
    'a&b',
    'a;b',
    'a|b',
    '<lin>',
    '*',
    '?in',
    '[a-z]*',
    '{lin}',
    '`id`',
    '=lin',
    '=ls',
    '^a^b',
    'a=b',
    '+lin',
  ],
  ...['林', 'לין', 'لين', 'Зоя', 'jörg', '’tis', 'a.b_c'],
];
// Whatever somebody types as the address.
const TYPED = ['[::1]:5000', `$HOME $(id) "x" \\ \\' '\\\\'`];

// Writes down its arguments, each with an end, and its input where it asks for that.
const RECORDER = `#!/bin/sh
printf '%s\\0' "\${0##*/}" "$@" >>"$RECORD"
echo >>"$RECORD"
case " $* " in *' --password-stdin '*) cat >"$RECORD.input" ;; esac
`;

describe(`Commands of the profile (run in ${here.join(', ')}; not here: ${absent.join(', ') || 'none'})`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-commands-'));
    await mkdir(join(folder, 'bin'));
    for (const program of ['docker', 'podman', 'helm', 'kubectl']) {
      await writeFile(join(folder, 'bin', program), RECORDER);
      await chmod(join(folder, 'bin', program), 0o755);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  const record = () => join(folder, 'record');
  const run = (shell: string, command: string) => {
    const env = {
      ...{ PATH: [join(folder, 'bin'), '/usr/bin', '/bin'].join(delimiter), HOME: folder, LC_ALL: 'C.UTF-8' },
      ...{ HISTFILE: join(folder, 'history'), RECORD: record(), CLI_SECRET: SECRET, TERM: 'dumb' },
    };
    // With something to be repeated by a ! that is not quoted; in a file, because fish reads no commands from a socket.
    writeFileSync(join(folder, 'typed'), `true typed before\n${command}\n`);
    const input = openSync(join(folder, 'typed'), 'r');
    spawnSync(pathOf(shell) ?? shell, ARGUMENTS[shell], { env, cwd: folder, stdio: [input, 'ignore', 'ignore'] });
    closeSync(input);
  };
  const recorded = async () => {
    const calls = (await readFile(record(), 'utf8')).split('\0\n').slice(0, -1);
    await rm(record());
    return calls.map((call) => call.split('\0'));
  };
  const accounts = [
    ...NAMES.map((username) => ({ username, registry: 'registry.example.com:5000' })),
    ...TYPED.map((registry) => ({ username: 'lin', registry })),
  ];

  it('are run in bash and dash at least', () => expect(here).toEqual(expect.arrayContaining(['bash', 'dash'])));

  it('are tried with names that people can have', () => {
    expect(NAMES.filter((name) => problemOfForm(name) !== undefined)).toEqual([]);
  });

  it('are plain for a plain name', () => {
    const account = { username: 'lin', registry: 'registry.example.com' };
    const texts = CLIENTS.flatMap((client) => commandsFor(client, account, 'POSIX').map(({ text }) => text));
    expect(texts).toEqual([
      'docker login -u lin registry.example.com',
      'podman login -u lin registry.example.com',
      'helm registry login -u lin registry.example.com',
      `mkdir -m 700 pull-secret && printf %s '{"auths":{"registry.example.com":{}}}' > pull-secret/config.json`,
      'docker --config pull-secret login -u lin registry.example.com',
      'kubectl create secret generic registry-login --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=pull-secret/config.json',
      'rm -r pull-secret',
      `printf '%s' "$CLI_SECRET" | docker login -u lin --password-stdin registry.example.com`,
    ]);
  });

  describe.each(here)('in %s', (shell) => {
    it.each(accounts)('give each program the name $username and the address $registry', async (account) => {
      const { username, registry } = account;
      const user = username.startsWith('-') ? [`--username=${username}`] : ['-u', username];
      const commands = CLIENTS.flatMap((client) => commandsFor(client, account, 'POSIX'));
      const logins = commands.filter(({ step }) => !['folder', 'pullSecret', 'remove'].includes(step));
      run(shell, logins.map(({ text }) => text).join('\n'));
      expect(await recorded()).toEqual([
        ['docker', 'login', ...user, registry],
        ['podman', 'login', ...user, registry],
        ['helm', 'registry', 'login', ...user, registry],
        ['docker', '--config', 'pull-secret', 'login', ...user, registry],
        ['docker', 'login', ...user, '--password-stdin', registry],
      ]);
      expect(await readFile(`${record()}.input`, 'utf8')).toBe(SECRET);
    });

    it.each(accounts.slice(-3))('prepare and remove the folder of a pull secret for $registry', async (account) => {
      const [prepare, , create, remove] = commandsFor('kubernetes', account, 'POSIX').map(({ text }) => text);
      run(shell, prepare ?? '');
      expect((await stat(join(folder, 'pull-secret'))).mode & 0o777).toBe(0o700);
      const config = await readFile(join(folder, 'pull-secret/config.json'), 'utf8');
      expect(JSON.parse(config)).toEqual({ auths: { [account.registry]: {} } });
      run(shell, create ?? '');
      expect((await recorded())[0]?.slice(-1)).toEqual(['--from-file=.dockerconfigjson=pull-secret/config.json']);
      run(shell, remove ?? '');
      expect(existsSync(join(folder, 'pull-secret'))).toBe(false);
    });
  });
});

describe(powershellQuoted, () => {
  it.each([
    ['lin', 'lin'],
    ['registry.example.com:5000', 'registry.example.com:5000'],
    ['--password-stdin', '--password-stdin'],
    ["o'neil", "'o''neil'"],
    ['o’neil‘s‚‛', "'o’’neil‘‘s‚‚‛‛'"],
    // Unquoted, these would be a hash table, an array, a call, a variable, and a number.
    ['@lin', "'@lin'"],
    ['a;b', "'a;b'"],
    ['(id)', "'(id)'"],
    ['$env:PATH', "'$env:PATH'"],
    ['`n', "'`n'"],
    ['1e3', "'1e3'"],
    ['--username=-lin', "'--username=-lin'"],
    ['–lin', "'–lin'"],
    ['林', "'林'"],
    ['', "''"],
  ])('writes %s as %s', (text, expected) => expect(powershellQuoted(text)).toBe(expected));

  it('is that of the commands for PowerShell', () => {
    const account = { username: "o'neil", registry: 'registry.example.com' };
    const texts = CLIENTS.flatMap((client) => commandsFor(client, account, 'POWERSHELL').map(({ text }) => text));
    expect(texts).toEqual([
      "docker login -u 'o''neil' registry.example.com",
      "podman login -u 'o''neil' registry.example.com",
      "helm registry login -u 'o''neil' registry.example.com",
      `mkdir pull-secret; Set-Content -Encoding ascii pull-secret/config.json '{"auths":{"registry.example.com":{}}}'`,
      "docker --config pull-secret login -u 'o''neil' registry.example.com",
      "kubectl create secret generic registry-login '--type=kubernetes.io/dockerconfigjson' '--from-file=.dockerconfigjson=pull-secret/config.json'",
      'rm -r pull-secret',
      "$env:CLI_SECRET | docker login -u 'o''neil' --password-stdin registry.example.com",
    ]);
  });
});
