import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { parseDocument } from 'yaml';
import { VARIABLES } from '../src/config/variables.js';
import { DocumentedBlock, graphqlDocuments } from './support/documented-blocks.js';
import {
  blocksOfPages,
  isHere,
  PAGES,
  placeOf,
  RUNNERS,
  runnerKeyOf,
  SHELLS,
  typedOf,
} from './support/documented-commands.js';

const blocks = blocksOfPages();
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

/** Runs a program on a text, and says what it complains of. */
const complaintsOf = (program: string, args: readonly string[], input: string) => {
  const { status, stderr, stdout } = spawnSync(program, args, { input, encoding: 'utf8' });
  return status === 0 ? [] : [`${stderr}${stdout}`.trim() || `${program} ended with ${status}`];
};

type Check = (text: string) => readonly string[];

/** A whole JSON value, or one a line, or the members of an object. */
const jsonProblems: Check = (text) => {
  const forms = [[text], text.trimEnd().split('\n'), [`{${text}}`]];
  const problems = forms.map((form) => form.flatMap(jsonProblem));
  return problems.find((found) => found.length === 0) ?? problems[0] ?? [];
};
const jsonProblem = (text: string): string[] => {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [String(error)];
  }
};
const yamlProblems: Check = (text) => {
  const { errors, warnings } = parseDocument(text, { strict: true });
  return [...errors, ...warnings].map(({ message }) => message);
};
const graphqlProblems: Check = (text) => validate(schema, parse(text)).map(({ message }) => message);
const iniProblems: Check = (text) =>
  text.split('\n').filter((line) => !/^(\[\w+\]|[\w.-]+ *= *\S.*|[#;].*|)$/.test(line.trim()));
const shellProblems =
  (language: string): Check =>
  (text) => [
    ...(SHELLS[language] ?? []).filter(isHere).flatMap((shell) => complaintsOf(shell, ['-n'], text)),
    // zsh passes on what follows # where commands are typed, as arguments.
    ...(SHELLS[language]?.includes('zsh') ? text.split('\n').filter((line) => /(^|\s)#\s/.test(line)) : []).map(
      (line) => `a comment is an argument where zsh is typed into: ${line}`,
    ),
    ...graphqlDocuments(text).flatMap(graphqlProblems),
  ];

/** A line that somebody would type, in a block that does not say so. */
const IS_COMMAND =
  /^\s*(\$ )?(npx|npm|node|curl|docker|podman|skopeo|helm|kubectl|git|mooring|systemctl|mariadb|openssl) +[\w-]/;
const commandsIn: Check = (text) =>
  text
    .split('\n')
    .filter((line) => IS_COMMAND.test(line))
    .map((line) => `commands need a fence with the language sh: ${line}`);

/** How the blocks of each language are checked; "" is a fence without one. */
const CHECKS: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(Object.keys(SHELLS).map((language) => [language, shellProblems(language)])),
  json: jsonProblems,
  yaml: yamlProblems,
  graphql: graphqlProblems,
  ini: iniProblems,
  // As a module, as Node reads it.
  js: (text) => complaintsOf(process.execPath, ['--check', '--input-type=module'], text),
  '': commandsIn,
  text: commandsIn,
  csv: commandsIn,
};
/** Languages that other tests check: nginx by test/documented-nginx.registry-spec.ts, Python by test/documented-signature.spec.ts, diagrams by nobody. */
const ELSEWHERE = ['nginx', 'python', 'mermaid'];

const told = (found: readonly DocumentedBlock[], check: (block: DocumentedBlock) => readonly string[]) =>
  found.flatMap((block) => check(block).map((problem) => `${placeOf(block)}: ${problem}`));

describe('Blocks of the documentation', () => {
  it('have a language that says how they are checked', () => {
    const unknown = blocks.filter(({ language }) => !(language in CHECKS) && !ELSEWHERE.includes(language));
    expect(unknown.map((block) => `${placeOf(block)}: ${block.language}`)).toEqual([]);
  });

  it.each(Object.keys(CHECKS))('in the language "%s" are well formed', (language) => {
    const found = blocks.filter((block) => block.language === language);
    expect(told(found, (block) => CHECKS[language]?.(typedOf(block)) ?? [])).toEqual([]);
  });

  it('with commands are run by a test, or listed with the reason why not (test/support/documented-commands.ts)', () => {
    const commands = blocks.filter(({ language }) => language in SHELLS);
    const missing = commands.filter((block) => !(runnerKeyOf(block) in RUNNERS));
    expect(missing.map((block) => `${placeOf(block)}: ${runnerKeyOf(block)}`)).toEqual([]);
    const keys = new Set(commands.map(runnerKeyOf));
    expect(Object.keys(RUNNERS).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('are run by tests and scripts that exist', () => {
    const runners = Object.values(RUNNERS).flatMap((runner) => ('by' in runner ? [runner.by] : []));
    expect(runners.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('Pages of the documentation', () => {
  const texts = PAGES.map((page) => ({ page, text: readFileSync(page, 'utf8') }));
  const matches = (pattern: RegExp) =>
    texts.flatMap(({ page, text }) => [...text.matchAll(pattern)].map(([, name = '']) => ({ page, name })));

  it('name scripts of npm that exist', () => {
    const named = matches(/\bnpm run (?:--silent |-s )?([a-z][\w:-]*)/g);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });

  it('run tests in files that exist', () => {
    const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((name) => `test/${name}`);
    const named = matches(/\bnpm (?:test|run test:\w+) -- (test\/[\w/.-]+)/g);
    expect(named.filter(({ name }) => !files.some((file) => file.includes(name)))).toEqual([]);
  });

  it('set variables that Mooring or OpenTelemetry reads, where a block looks like an environment', () => {
    const known = new Set(Object.values(VARIABLES).flatMap(({ name }) => [name, `${name}_FILE`]));
    const found = blocks.filter(({ text }) => !text.includes('$') || text.includes('.env'));
    const unknown = told(found, ({ text }) =>
      [...text.matchAll(/^ *([A-Z][A-Z_]+)=/gm)]
        .map(([, name = '']) => name)
        .filter((name) => !known.has(name) && !name.startsWith('OTEL_')),
    );
    expect(unknown).toEqual([]);
  });
});
