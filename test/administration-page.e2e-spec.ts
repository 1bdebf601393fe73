import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSchema, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { RunningOpenIdProvider, startOpenIdProvider } from '../demo/openid-provider.js';
import { PEOPLE } from '../demo/people.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CLI_SECRET, LOGIN, ONBOARD } from './support/documents.js';
import { graphqlDocuments, pageBlocks } from './support/documented-blocks.js';
import { isHere } from './support/documented-commands.js';

const PAGE = 'docs/graphql.md';
const SECRET = 'provider-client-secret';
const NEW_PASSWORD = 'Third-password-3';
const DAY = 86_400_000;
const REQUEST = `mutation($input: RequestAccountInput!) { requestAccount(input: $input) { pendingOnboarding { hasAccount } } }`;

/** Options with which each shell stops at the first command that fails. */
const SHELLS = { bash: ['--norc', '-euo', 'pipefail'], dash: ['-eu'], zsh: ['-feu', '-o', 'pipefail'] } as const;
type Shell = keyof typeof SHELLS;

const person = (subject: string, username: string) => ({
  ...{ subject, username, name: username, email: `${username}@example.com`, groups: ['registry-crew'] },
});
const MORE_PEOPLE = [person('sub-samantha', 'samantha'), person('sub-sam-2', 'sam.okoye')];

/** The commands of the page, by the heading above them. */
const sections = () => {
  const all = new Map<string, string[]>();
  for (const { heading, text } of pageBlocks(PAGE)) all.set(heading, [...(all.get(heading) ?? []), text]);
  return all;
};

describe(PAGE, () => {
  let app: TestApp;
  let provider: RunningOpenIdProvider;
  let folder: string;
  beforeEach(async () => {
    app = await TestApp.start();
    const client = { id: 'mooring', secret: SECRET, redirectUris: [`${app.url}/c/oidc/callback`] };
    provider = await startOpenIdProvider({ people: [...PEOPLE, ...MORE_PEOPLE], client });
    folder = await mkdtemp(join(tmpdir(), 'mooring-page-'));
  });
  afterEach(async () => {
    await app.stop();
    await provider.close();
    await rm(folder, { recursive: true });
  });

  const firstLogin = async (login: string) => {
    const browser = new Browser();
    const page = await browser.open(`${app.url}/c/oidc/login`);
    await browser.submit(page, { login }, (next) => next.pathname === '/onboarding');
    return browser;
  };
  const newUser = async (login: string) => {
    const browser = await firstLogin(login);
    await app.ask(browser, ONBOARD, { input: { username: login } });
    return browser;
  };
  const asksFor = async (login: string, username: string) =>
    app.ask(await firstLogin(login), REQUEST, { input: { username } });

  /** What only a person can do in a browser is done before the commands of the section that speaks of it. */
  const inBrowsers: Readonly<Record<string, () => Promise<unknown>>> = {
    Sessions: () => app.ask(new Browser(), LOGIN, { input: { username: 'admin', password: NEW_PASSWORD } }),
    'People of the provider': async () => {
      await newUser('sam');
      await newUser('samantha');
      await asksFor('sam.okoye', 'sam');
      await asksFor('ada', 'samantha');
    },
  };

  const scriptOf = (parts: readonly (readonly [heading: string, blocks: readonly string[]])[]) =>
    parts.flatMap(([heading, blocks]) =>
      heading in inBrowsers ? [`echo 'waiting: ${heading}'; read -r _`, ...blocks] : blocks,
    );

  const run = async (shell: Shell, script: readonly string[], options: readonly string[] = SHELLS[shell]) => {
    const at = (days: number) => new Date(app.clock.now().getTime() + days * DAY).toISOString();
    const running = spawn(shell, [...options, '-c', script.join('\necho\n')], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        ...{ MOORING: app.url, ADMIN_PASSWORD: app.adminPassword },
        ...{ ISSUER: provider.issuer, CLIENT_ID: 'mooring', CLIENT_SECRET: SECRET },
        ...{ EXPIRES_AT: at(90), FROM: at(-15), TO: at(15) },
      },
    });
    let complaints = '';
    running.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const lines: string[] = [];
    for await (const line of createInterface(running.stdout)) {
      const [, section] = /^waiting: (.*)/.exec(line) ?? [];
      if (section === undefined) lines.push(line);
      else {
        await inBrowsers[section]?.();
        running.stdin.write('\n');
      }
    }
    expect(complaints).toBe('');
    return lines;
  };

  it.each((Object.keys(SHELLS) as Shell[]).filter(isHere))(
    'holds commands that work one after the other in %s, as they stand',
    async (shell) => {
      const script = scriptOf([...sections()]);
      const lines = await run(shell, script);
      const answers = lines.filter((line) => line.startsWith('{'));
      expect(answers.filter((answer) => answer.includes('"errors"'))).toEqual([]);
      expect(answers).toHaveLength((script.join('\n').match(/^(graphql|curl) /gm) ?? []).length);
      const stdout = lines.join('\n');
      expect(stdout).toMatch(/created [0-9a-f-]{36}\n/);
      expect(stdout).toContain('"ok":true');
      expect(stdout).toContain('"authMode":"OIDC"');
      expect(stdout).toContain('{"revokeUserCliSecret":{"user":{"username":"sam","cliSecret":null}}}');
      expect(stdout).toContain('{"moveAccount":{"user":{"username":"sam","oidcIdentity":{"subject":"sub-sam-2"}}}}');
      expect(stdout).toMatch(/"explainAccess":\{"allowed":true,.*"tools/);
      expect(stdout).toContain('"status":"MISMATCH"');
      const exported = (await readFile(join(folder, 'audit.jsonl'), 'utf8')).trimEnd().split('\n');
      expect(exported.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(exported.map(() => ['data']));
      expect(exported.join('')).toContain('"access_rule.delete"');
    },
  );

  it('says that there is no sam, and leaves the secret of samantha alone, where only she has an account', async () => {
    const all = sections();
    const before = [...all].slice(0, [...all.keys()].indexOf('People of the provider'));
    await run('bash', scriptOf(before));
    Object.assign(app, { adminPassword: NEW_PASSWORD });
    const samantha = await newUser('samantha');
    const { secret } = (await app.ask(samantha, CLI_SECRET)).data.cliSecret;
    const [setUp = ''] = all.get('Administration by GraphQL') ?? [];
    const [revokes = ''] = all.get('People of the provider') ?? [];
    const lines = await run('bash', [setUp, revokes], ['--norc']);
    expect(lines.join('\n')).toContain('"code":"NOT_FOUND"');
    expect((await app.ask(samantha, CLI_SECRET)).data.cliSecret).toMatchObject({ secret, status: 'VALID' });
  });
});

/** Fields of the API that no administrator needs for others, with the reason why the page has no command for them. */
const OF_PEOPLE: Readonly<Record<string, string>> = {
  login: 'begins the session of a browser; commands send the password itself',
  logout: 'ends the session of a browser',
  register: 'a stranger does it in a browser',
  onboard: 'the person of a first login does it, in the browser of that login',
  pendingOnboarding: 'is of the browser of a first login',
  requestAccount: 'the person of a first login does it, in the browser of that login',
  secretRules: 'is for forms that show the rules during input',
  cliSecret: 'is the caller’s own; the built-in administrator has none',
  generateCliSecret: 'is the caller’s own; the built-in administrator has none',
  setCliSecret: 'is the caller’s own; the built-in administrator has none',
  revokeCliSecret: 'is the caller’s own; the built-in administrator has none',
  startTestLogin: 'belongs to the session of a browser',
  testLogin: 'belongs to the session of a browser',
};

describe(`${PAGE}, beside schema.graphql`, () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const documents = pageBlocks(PAGE).flatMap(({ text }) => graphqlDocuments(text));
  const used = () => {
    const found = new Set<string>();
    const types = new TypeInfo(schema);
    const roots = [schema.getQueryType(), schema.getMutationType()];
    for (const document of documents) {
      const enter = () => {
        if (roots.some((root) => root === types.getParentType())) found.add(types.getFieldDef()?.name ?? '');
      };
      visit(parse(document), visitWithTypeInfo(types, { Field: { enter } }));
    }
    return found;
  };

  it('has only documents that the schema accepts', () => {
    expect(documents.length).toBeGreaterThan(40);
    const problems = documents.flatMap((document) =>
      validate(schema, parse(document)).map(({ message }) => `${message} ${document}`),
    );
    expect(problems).toEqual([]);
  });

  it('has a command for every query and mutation, but for what people do for themselves', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
      Object.keys(root?.getFields() ?? {}),
    );
    const recipes = used();
    expect(fields.filter((name) => !recipes.has(name) && !(name in OF_PEOPLE))).toEqual([]);
    expect(Object.keys(OF_PEOPLE).filter((name) => recipes.has(name) || !fields.includes(name))).toEqual([]);
  });
});
