import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsAgreement } from '../src/settings/settings-agreement.service.js';
import { TestApp } from './support/app.js';
import { CREATE_USER } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';

const RULES = `query Rules($after: String, $first: Int) { accessRules(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node {
    id repositoryPattern actions subjectKind service readOnlyReason username user { username } group { name } } } } }`;
const EXPLAIN = `query Explain($username: String, $repository: String!, $action: RegistryAction!) {
  explainAccess(username: $username, repository: $repository, action: $action) {
    allowed reason rule { repositoryPattern readOnlyReason } } }`;
const UPDATE = `mutation Update($input: UpdateAccessRuleInput!) {
  updateAccessRule(input: $input) { accessRule { id } } }`;
const DELETE = `mutation Delete($input: DeleteAccessRuleInput!) { deleteAccessRule(input: $input) { accessRuleId } }`;
const CREATE = `mutation Create($input: CreateAccessRuleInput!) { createAccessRule(input: $input) { accessRule { id } } }`;
const REGISTER = `query Available($username: String!) { usernameAvailability(username: $username) { available problem } }`;

const FILE = `
sessionIdleMinutes: 30
accessRules:
  - { repositoryPattern: 'team/**', actions: [PULL, PUSH], subjectKind: USER, username: Lin }
  - { repositoryPattern: 'public/**', actions: [PULL], subjectKind: ANYONE }
  - { repositoryPattern: 'crew/*', actions: [PULL], subjectKind: GROUP, groupName: pilots }
`;

interface RuleNode {
  readonly id: string;
  readonly repositoryPattern: string;
  readonly readOnlyReason: string | null;
  readonly username: string | null;
  readonly user: { readonly username: string } | null;
}

describe('A settings file', () => {
  let folder = '';
  let app: TestApp | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-settings-'));
  });
  afterEach(async () => {
    await app?.stop();
    app = undefined;
    await rm(folder, { recursive: true });
  });
  const start = async (text: string, changes: Record<string, string> = {}) => {
    const path = join(folder, 'settings.yaml');
    await writeFile(path, text, { mode: 0o600 });
    app = await TestApp.start({ SETTINGS_FILE: path, ...changes });
    return app;
  };
  const addUser = (running: TestApp, username: string) =>
    running.ask(running.admin, CREATE_USER, {
      input: { username, password: 'First-password-1', email: `${username}@example.org` },
    });
  const rulesOf = async (running: TestApp, after: string | null = null, first = 100) => {
    const { data } = await running.ask(running.admin, RULES, { after, first });
    const { edges, pageInfo, totalCount } = data.accessRules;
    const nodes: RuleNode[] = edges.map(({ node }: { node: RuleNode }) => node);
    return { nodes, pageInfo, totalCount };
  };
  const explain = async (running: TestApp, username: string | null, repository: string, action = 'PULL') => {
    const { data } = await running.ask(running.admin, EXPLAIN, { username, repository, action });
    return data.explainAccess;
  };

  it('fixes settings, with the file as the reason', async () => {
    const running = await start(FILE);
    const { data } = await running.ask(
      running.admin,
      '{ configuration { sessionIdleMinutes readOnlySettings { name reason } } }',
    );
    expect(data.configuration).toEqual({
      sessionIdleMinutes: 30,
      readOnlySettings: [{ name: 'sessionIdleMinutes', reason: 'The operator has set it in SETTINGS_FILE.' }],
    });
    const refused = await running.configure({ sessionIdleMinutes: 20 });
    expect(refused.errors[0]?.extensions).toEqual({
      ...{ code: 'SETTING_READ_ONLY', settings: ['sessionIdleMinutes'], variable: 'SETTINGS_FILE' },
    });
  });

  it('grants what its rules say, beside the stored rules, which stay as they are', async () => {
    const plain = await TestApp.start();
    app = plain;
    await addUser(plain, 'lin');
    await addUser(plain, 'sam');
    await plain.stop({ keepData: true });
    const kept = { DATA_DIR: plain.environment.dataDir, ADMIN_PASSWORD: plain.adminPassword };
    const running = await start(FILE, kept);
    expect(await explain(running, 'lin', 'team/app', 'PUSH')).toMatchObject({
      ...{
        allowed: true,
        rule: { repositoryPattern: 'team/**', readOnlyReason: expect.stringContaining('SETTINGS_FILE') },
      },
    });
    expect((await explain(running, 'sam', 'team/app')).allowed).toBe(false);
    expect((await explain(running, null, 'public/app')).allowed).toBe(true);
    expect((await explain(running, null, 'public/app', 'PUSH')).allowed).toBe(false);
    expect((await explain(running, 'sam', 'users/sam/app', 'PUSH')).allowed).toBe(true);
    expect((await rulesOf(running)).nodes[0]).toMatchObject({ username: 'lin', user: { username: 'lin' } });
  });

  it('has its rules first in the list, page by page, with a group for each that they name', async () => {
    const running = await start(FILE);
    const rule = { repositoryPattern: 'stored/*', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
    await running.ask(running.admin, CREATE, { input: { rule } });
    const all = await rulesOf(running);
    const patterns = ['team/**', 'public/**', 'crew/*', 'stored/*', 'users/${username}/**'];
    expect(all.nodes.map(({ repositoryPattern }) => repositoryPattern)).toEqual(patterns);
    expect(all.nodes.map(({ readOnlyReason }) => readOnlyReason !== null)).toEqual([true, true, true, false, false]);
    expect(all.totalCount).toBe(5);
    expect(all.nodes[2]).toMatchObject({ group: { name: 'pilots' } });
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await rulesOf(running, after, 2);
      seen.push(...page.nodes.map(({ repositoryPattern }) => repositoryPattern));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(seen).toEqual(patterns);
  });

  it('has rules that cannot be changed or deleted, and nothing is left of the attempt', async () => {
    const running = await start(FILE);
    const [first] = (await rulesOf(running)).nodes;
    const accessRuleId = first?.id;
    const rule = { repositoryPattern: 'x/*', actions: ['PULL'], subjectKind: 'GROUP', groupName: 'strangers' };
    const changed = await running.ask(running.admin, UPDATE, { input: { accessRuleId, rule } });
    const deleted = await running.ask(running.admin, DELETE, { input: { accessRuleId } });
    for (const { errors } of [changed, deleted]) {
      expect(errors[0]?.extensions).toEqual({
        ...{ code: 'SETTING_READ_ONLY', settings: ['accessRules'], variable: 'SETTINGS_FILE' },
      });
    }
    expect((await rulesOf(running)).totalCount).toBe(4);
    const { data } = await running.ask(running.admin, '{ groups(first: 10) { edges { node { name } } } }');
    expect(JSON.stringify(data.groups)).not.toContain('strangers');
  });

  it('says which user name a rule is for, whether somebody has it or not', async () => {
    const running = await start(FILE);
    const namesOf = async () =>
      (await rulesOf(running)).nodes.map(({ username, user }) => [username, user?.username ?? null]);
    const nobody = [null, null];
    expect(await namesOf()).toEqual([['Lin', null], nobody, nobody, nobody]);
  });

  it('reserves a user name that it grants something to, until its owner is there', async () => {
    const running = await start(FILE);
    const { data } = await running.ask(running.admin, REGISTER, { username: 'LIN' });
    expect(data.usernameAvailability).toEqual({ available: false, problem: 'RESERVED' });
    expect(running.log.join('')).toContain('access rules for user names that nobody has: \\"Lin\\"');
  });

  it('lets nobody choose a name that it grants something to, and the operator give it to its owner', async () => {
    const running = await start(FILE);
    const refused = await addUser(running, 'lin');
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        expect.objectContaining({ code: 'RESERVED', message: expect.stringContaining('reserved by the settings') }),
      ],
    });
    await addUser(running, 'lin-2');
    const { dataDir } = running.environment;
    const variables = {
      DATA_DIR: dataDir,
      SETTINGS_FILE: join(folder, 'settings.yaml'),
      ...(await databaseVariables(dataDir)),
    };
    const { code, err } = await mooring(['users', 'rename', 'lin-2', 'lin'], { variables });
    expect([code, err]).toEqual([0, expect.not.stringContaining('reserved')]);
    expect((await rulesOf(running)).nodes[0]).toMatchObject({ username: 'lin', user: { username: 'lin' } });
    expect((await explain(running, 'lin', 'team/app', 'PUSH')).allowed).toBe(true);
  });

  it('with twenty faults names twenty, by line, and nothing starts', async () => {
    const rules = [
      "{ repositoryPattern: 'a//b', actions: [PULL], subjectKind: ANYONE }",
      '{ repositoryPattern: a/*, actions: [PUSH], subjectKind: ANYONE }',
      '{ repositoryPattern: a/*, actions: [PULL], subjectKind: USER }',
      '{ repositoryPattern: a/*, actions: [], subjectKind: AUTHENTICATED }',
      '{ repositoryPattern: a/*, actions: PULL, subjectKind: AUTHENTICATED }',
      '{ repositoryPattern: a/*, actions: [PULL], subjectKind: EVERYBODY }',
      '{ repositoryPattern: a/*, actions: [PULL], subjectKind: ANYONE, groupName: x }',
      '{ repositoryPattern: a/*, actions: [PULL], subjectKind: ANYONE, service: nowhere }',
      '{ repositoryPatern: a/*, actions: [PULL], subjectKind: ANYONE }',
      'a/*',
    ];
    const text = `
authMode: LDAP
sessionIdleMinutes: 1
auditRetentionDays: many
selfRegistration: null
nonsense: 1
oidc:
  endpoint: ftp://id.example.org
  scope: 5
  clientSecret: { file: nowhere }
  groupFilter: '('
  discoveryUrl: ftp://other.example.org
accessRules:
${rules.map((rule) => `  - ${rule}`).join('\n')}
`;
    const refused = await start(text).then(
      () => '',
      (error: Error) => error.message,
    );
    const lines = [...refused.matchAll(/line (\d+)/g)].map(([, line]) => Number(line));
    expect(lines).toHaveLength(21);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
  });
});

describe('Servers with different settings files', () => {
  it('say so in readiness, metrics and log, and take it back when they agree again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-settings-'));
    const path = join(folder, 'settings.yaml');
    await writeFile(path, 'sessionIdleMinutes: 30\nselfRegistration: true\n', { mode: 0o600 });
    const first = await TestApp.start({ SETTINGS_FILE: path });
    const same = await first.replica({ FIXED_SETTINGS: '{"selfRegistration":true,"sessionIdleMinutes":30}' });
    const ready = async (app: TestApp) => (await fetch(`${app.url}/health/ready`)).json();
    const compare = async (...apps: TestApp[]) => {
      for (const app of apps) await app.nest.get(SettingsAgreement, { strict: false }).compare();
    };
    await compare(first, same, first);
    expect(await ready(first)).toEqual({ status: 'ready' });
    const other = await first.replica({ FIXED_SETTINGS: '{"sessionIdleMinutes":31}' });
    await compare(other, first);
    for (const app of [first, other])
      expect(await ready(app)).toEqual({ status: 'ready', warnings: ['SETTINGS_DIFFER'] });
    // In one test process the applications share a logger.
    const lines = [first, same, other].flatMap(({ log }) => log);
    const told = lines.filter((line) => line.includes('has other settings in FIXED_SETTINGS or SETTINGS_FILE'));
    expect(told).toHaveLength(2);
    await other.stop({ keepData: true });
    await compare(first);
    expect(await ready(first)).toEqual({ status: 'ready' });
    await same.stop({ keepData: true });
    await first.stop();
    await rm(folder, { recursive: true });
  });
});
