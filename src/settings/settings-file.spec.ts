import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidEnvironment, readEnvironment } from '../config/env.js';
import { fixedAdvice, fixedSettingsOf } from './read-fixed-settings.js';

describe('A settings file', () => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-settings-'));
    path = join(folder, 'settings.yaml');
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const environment = async (text: string, mode = 0o600, more: Record<string, string> = {}) => {
    await writeFile(path, text);
    await chmod(path, mode);
    return readEnvironment({ SETTINGS_FILE: path, ...more });
  };
  const read = async (text: string, mode?: number, more?: Record<string, string>) =>
    fixedSettingsOf(await environment(text, mode, more));
  const problemsOf = async (text: string, mode?: number) => {
    const refused = await read(text, mode).then(
      () => undefined,
      (error: unknown) => error,
    );
    return refused instanceof InvalidEnvironment ? refused.problems : refused;
  };
  const withSecret = (secret: string) =>
    `oidc:\n  endpoint: https://id.example.org\n  clientId: mooring\n  clientSecret: ${secret}\n`;

  it('fixes what it says, in YAML and in JSON', async () => {
    const expected = {
      variable: 'SETTINGS_FILE',
      ...{ authMode: 'OIDC', general: { sessionIdleMinutes: 30 }, oidc: { groupsClaim: 'groups' } },
    };
    const yaml = '# ours\nauthMode: OIDC\nsessionIdleMinutes: 30\noidc:\n  groupsClaim: groups # Keycloak\n';
    expect(await read(yaml)).toEqual(expected);
    const json = { $schema: 'settings.schema.json', authMode: 'OIDC', sessionIdleMinutes: 30 };
    expect(await read(JSON.stringify({ ...json, oidc: { groupsClaim: 'groups' } }))).toEqual(expected);
  });

  it('may be empty, and have sections without anything in them', async () => {
    const nothing = { variable: 'SETTINGS_FILE', general: {}, oidc: {} };
    expect(await read('')).toEqual(nothing);
    expect(await read('# nothing yet\noidc:\naccessRules:\n')).toEqual(nothing);
  });

  it('takes a secret from a file beside it, without the line break at its end, or from a variable', async () => {
    await writeFile(join(folder, 'secret'), 'from-a-file-1\n', { mode: 0o600 });
    const inFile = await read(withSecret('{ file: secret }'), 0o644);
    expect(inFile.oidc.clientSecret?.reveal()).toBe('from-a-file-1');
    const inVariable = await read(withSecret('{ env: CLIENT_SECRET }'), 0o644, { CLIENT_SECRET: 'from-a-variable-1' });
    expect(inVariable.oidc.clientSecret?.reveal()).toBe('from-a-variable-1');
  });

  it('may hold a secret itself only if not every user of the machine can read it', async () => {
    expect((await read(withSecret('hunter2-Secret'))).oidc.clientSecret?.reveal()).toBe('hunter2-Secret');
    const problems = await problemsOf(withSecret('hunter2-Secret'), 0o644);
    expect(problems).toEqual([
      expect.stringContaining('line 4, column 3: oidc.clientSecret stands in a file that every'),
    ]);
    expect(String(problems)).not.toContain('hunter2');
  });

  it.each([
    ['is missing', '{ file: nowhere }', 'must name a file that can be read (ENOENT)'],
    ['is empty', '{ file: empty }', 'names an empty file'],
    ['is a folder', '{ file: . }', 'must name a file, and no folder, pipe or device'],
    ['is a device', '{ file: /dev/zero }', 'must name a file, and no folder, pipe or device'],
    ['is not UTF-8', '{ file: latin }', 'names a file that is not UTF-8'],
    ['is a property of every object', '{ env: toString }', 'names a variable that is not set'],
    ['is in a variable that is not set', '{ env: NOT_SET_ANYWHERE }', 'names a variable that is not set'],
    ['is named in two ways', '{ file: empty, env: HOME }', 'must be a text, or name a file or a variable'],
    ['is a number', '12345678', 'must be a text, or name a file or a variable'],
  ])('is refused if its secret %s', async (_what, secret, problem) => {
    await writeFile(join(folder, 'empty'), '\n');
    await writeFile(join(folder, 'latin'), Buffer.from([0x4b, 0xf6, 0x6c, 0x6e]));
    expect(await problemsOf(withSecret(secret))).toEqual([
      expect.stringContaining(`SETTINGS_FILE line 4, column 3: oidc.clientSecret ${problem}`),
    ]);
  });

  it('tells of a secret file that every user of the machine can read, and works with it', async () => {
    await writeFile(join(folder, 'open'), 'from-a-file-1', { mode: 0o644 });
    await chmod(join(folder, 'open'), 0o644);
    const given = await environment(withSecret('{ file: open }'));
    expect(fixedAdvice(given)).toEqual([expect.stringMatching(/every user .* chmod 600 .*open$/)]);
  });

  it('is not open, nor are its secrets, in a folder that others can not enter', async () => {
    await chmod(folder, 0o700);
    await writeFile(join(folder, 'open'), 'from-a-file-1');
    await chmod(join(folder, 'open'), 0o644);
    expect(fixedAdvice(await environment(withSecret('{ file: open }'), 0o644))).toEqual([]);
    expect(await problemsOf(withSecret('hunter2-Secret'), 0o644)).toBeUndefined();
  });

  it.each([
    [
      'a text that looks like an alias',
      'oidc:\n  clientSecret: *hunter2\n',
      'line 2, column 17: A text that begins with *',
    ],
    ['a text with a reserved character', 'oidc:\n  scope: @hunter2\n', 'line 2, column 10: A text that begins with @'],
    ['a tag of YAML', 'oidc: !!set { scope, hunter2 }\n', 'line 1, column 13: A text that begins with !'],
    ['an anchor', 'oidc: &hunter2\n  scope: openid\n', 'anchors of YAML are not read'],
    ['a directive', '%YAML 1.1\n---\nselfRegistration: yes # hunter2\n', 'A line that begins with %'],
    ['a tag', 'oidc:\n  scope: !hunter2 x\n', 'line 2, column 19: A text that begins with !'],
    ['a name twice', 'authMode: OIDC\nauthMode: hunter2\n', 'line 2, column 1: The same name stands here twice'],
    ['tabs', 'oidc:\n\tscope: hunter2\n', 'Lines are indented with spaces'],
    ['a colon inside', 'oidc: scope: hunter2\n', 'A text that contains ": " has to be quoted'],
    ['a bracket left open', '{"authMode": "OIDC", "hunter2"', 'SETTINGS_FILE line 1'],
    ['two documents', 'authMode: OIDC\n---\nauthMode: hunter2\n', 'Only one document is read'],
    ['a list', '- hunter2\n', 'must have names with values'],
    ['a text', 'hunter2\n', 'must have names with values'],
  ])('is refused for %s, by line and column, and not quoted', async (_what, text, told) => {
    const problems = String(await problemsOf(text));
    expect(problems).toContain(told);
    expect(problems).not.toContain('hunter2');
  });

  it('says that it is not UTF-8', async () => {
    await writeFile(path, Buffer.from([0x61, 0x3a, 0x20, 0xf6]));
    expect(() => readEnvironment({ SETTINGS_FILE: path })).toThrow('SETTINGS_FILE must name a file in UTF-8.');
  });

  it('that fixes nothing is told, because a template may have failed', async () => {
    expect(fixedAdvice(await environment('# nothing\n'))).toEqual(['SETTINGS_FILE fixes nothing: the file is empty.']);
    expect(fixedAdvice(await environment('selfRegistration: true\n'))).toEqual([]);
  });

  it('with very many faults tells the first thousand, soon', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `unknown${index}: 1`);
    const problems = (await problemsOf(lines.join('\n'))) as string[];
    expect(problems).toHaveLength(1_001);
    expect(problems.at(-1)).toBe('SETTINGS_FILE has 19000 more problems.');
  });

  it('reads no alias, however many there are', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${'*abcdefgh'.charAt(0)}${'abcdefgh'.charAt(i)}]`),
    ];
    expect(await problemsOf(bomb.join('\n'))).toHaveLength(17);
  });

  it('names the setting that was probably meant', async () => {
    const text =
      'authmode: OIDC\nendpoint: https://id.example.org\nsesionIdleMinutes: 5\noidc:\n  groupClaim: groups\n  nonsense: 1\n';
    expect(await problemsOf(text)).toEqual([
      'SETTINGS_FILE line 1, column 1: authmode is not a setting. Was authMode meant?',
      'SETTINGS_FILE line 2, column 1: endpoint is not a setting. Was oidc.endpoint meant?',
      'SETTINGS_FILE line 3, column 1: sesionIdleMinutes is not a setting. Was sessionIdleMinutes meant?',
      'SETTINGS_FILE line 5, column 3: oidc.groupClaim is not a setting. Was oidc.groupsClaim meant?',
      'SETTINGS_FILE line 6, column 3: oidc.nonsense is not a setting.',
    ]);
  });

  it('and FIXED_SETTINGS are not both read', () => {
    expect(() => readEnvironment({ SETTINGS_FILE: '/dev/null', FIXED_SETTINGS: '{}' })).toThrow(
      'SETTINGS_FILE and FIXED_SETTINGS are both set: set only one of them.',
    );
  });

  it.each([
    ['is not there', '/nowhere/settings.yaml', 'must name a file that can be read (ENOENT)'],
    ['is a folder', '/', 'and no folder, pipe or device'],
    ['is a device', '/dev/zero', 'and no folder, pipe or device'],
  ])('that %s is a problem of the environment', (_what, named, problem) => {
    expect(() => readEnvironment({ SETTINGS_FILE: named })).toThrow(problem);
  });
});
