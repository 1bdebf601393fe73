import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApp } from './support/app.js';
import { CREATE_USER } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';

const CREATE = `mutation Create($input: CreateAccessRuleInput!) { createAccessRule(input: $input) { accessRule { id } } }`;
const SECRET = 'Exported-secret-1';

describe('mooring settings', () => {
  let cwd = '';
  let app: TestApp | undefined;
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'mooring-settings-'));
  });
  afterEach(async () => {
    await app?.stop();
    app = undefined;
    await rm(cwd, { recursive: true });
  });
  const check = (file: string, ...more: string[]) =>
    mooring(['settings', 'check', file, ...more], { cwd, variables: {} });
  const write = (text: string) => writeFile(join(cwd, 'settings.yaml'), text, { mode: 0o600 });

  it('check names each fault with its line and column, as editors read it, and ends with 1', async () => {
    await write('authMode: LDAP\noidc:\n  groupClaim: x\n');
    const { code, out } = await check('settings.yaml');
    expect(out.split('\n')).toEqual([
      'settings.yaml:1:1: authMode must be DATABASE or OIDC.',
      'settings.yaml:3:3: oidc.groupClaim is not a setting. Was oidc.groupsClaim meant?',
      ...['2 problems in settings.yaml.', ''],
    ]);
    expect(code).toBe(1);
    const { out: json } = await check('settings.yaml', '--json');
    expect(JSON.parse(json)).toMatchObject({
      ...{ file: 'settings.yaml', isValid: false, warnings: [] },
      problems: [
        { name: 'authMode', line: 1, column: 1 },
        { name: 'oidc.groupClaim', line: 3, column: 3 },
      ],
    });
  });

  it('check warns of what a start needs besides, and of secrets that everybody can read', async () => {
    await writeFile(join(cwd, 'secret'), 'x'.repeat(20));
    await chmod(join(cwd, 'secret'), 0o644);
    await chmod(cwd, 0o755);
    await write('authMode: OIDC\noidc:\n  endpoint: https://id.example.org\n  clientSecret: { file: secret }\n');
    const { code, out } = await check('settings.yaml');
    expect(out).toContain('settings.yaml: warning: authMode OIDC needs oidc.clientId too');
    expect(out).toMatch(/warning: .* every user of this machine can read or change: chmod 600 .*secret/);
    expect(out).toContain('settings.yaml is valid: 3 settings and 0 access rules.');
    expect(code).toBe(0);
  });

  it('check says of registry services that are not valid that they are not, and nothing of the rules that name them', async () => {
    await write('accessRules:\n  - { repositoryPattern: a/*, actions: [PULL], subjectKind: ANYONE, service: zot }\n');
    const variables = { REGISTRY_SERVICES: 'zot,zot' };
    const { code, out, err } = await mooring(['settings', 'check', 'settings.yaml'], { cwd, variables });
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('The environment is not valid:\n  - REGISTRY_SERVICES must list each name only once.\n');
  });

  it('check of a file that is not there says so', async () => {
    const { code, err } = await check('nowhere.yaml');
    expect([code, err]).toEqual([1, 'nowhere.yaml must name a file that can be read (ENOENT).\n']);
  });

  it('export does not put the auth mode of a file in force', async () => {
    const running = await TestApp.start();
    app = running;
    const data = { DATA_DIR: running.environment.dataDir, ...(await databaseVariables(running.environment.dataDir)) };
    const oidc = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: SECRET };
    await write(JSON.stringify({ authMode: 'OIDC', oidc }));
    const { code } = await mooring(['settings', 'export'], {
      cwd,
      variables: { ...data, SETTINGS_FILE: 'settings.yaml' },
    });
    expect(code).toBe(0);
    const { out } = await mooring(['settings', 'export'], { cwd, variables: data });
    expect(out).toContain('authMode: DATABASE');
  });

  it('export leaves out rules for a registry that is not configured any more, says so, and check accepts the file', async () => {
    const running = await TestApp.start({ REGISTRY_SERVICES: 'registry,zot' });
    app = running;
    const data = { DATA_DIR: running.environment.dataDir, ...(await databaseVariables(running.environment.dataDir)) };
    const rule = { actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
    for (const service of ['zot', 'registry']) {
      const input = { rule: { ...rule, repositoryPattern: `of-${service}/*`, service } };
      await running.ask(running.admin, CREATE, { input });
    }
    const { code, out, err } = await mooring(['settings', 'export'], { cwd, variables: data });
    expect(code).toBe(0);
    expect(err).toContain('1 access rule was left out: it is for a registry service that is not configured ("zot").\n');
    expect(out).toContain('of-registry/*');
    expect(out).not.toContain('of-zot');
    await write(out);
    expect((await check('settings.yaml')).code).toBe(0);
    const all = await mooring(['settings', 'export'], {
      cwd,
      variables: { ...data, REGISTRY_SERVICES: 'registry,zot' },
    });
    expect(all.out).toContain('of-zot');
  });

  it('export writes what check and a start accept, without a secret, or with it to a file of mode 0600', async () => {
    const running = await TestApp.start();
    app = running;
    const variables = {
      DATA_DIR: running.environment.dataDir,
      ...(await databaseVariables(running.environment.dataDir)),
    };
    const input = { username: 'Lin', password: 'First-password-1', email: 'lin@example.org' };
    const { data } = await running.ask(running.admin, CREATE_USER, { input });
    const rule = { repositoryPattern: 'team/**', actions: ['PULL', 'PUSH'], subjectKind: 'USER' };
    await running.ask(running.admin, CREATE, { input: { rule: { ...rule, userId: data.createUser.user.id } } });
    const oidc = {
      endpoint: 'https://id.example.org',
      clientId: 'mooring',
      clientSecret: SECRET,
      adminGroups: ['a', 'b'],
    };
    expect((await running.configure({ sessionIdleMinutes: 30, oidc })).code).toBeUndefined();

    const printed = await mooring(['settings', 'export'], { cwd, variables });
    expect(printed.out).not.toContain(SECRET);
    expect(printed.out).toMatch(/^ {2}clientSecret:\n {4}env: MOORING_OIDC_CLIENT_SECRET$/m);
    expect(printed.out).toMatch(/username: Lin$/m);
    expect(printed.out).not.toContain('registrationsPerHour');
    await write(printed.out);
    const checked = await mooring(['settings', 'check', 'settings.yaml'], {
      cwd,
      variables: { MOORING_OIDC_CLIENT_SECRET: 'x' },
    });
    expect(checked.out).toBe('settings.yaml is valid: 6 settings and 2 access rules.\n');

    const refused = await mooring(['settings', 'export', '--with-secrets'], { cwd, variables });
    expect([refused.code, refused.out]).toEqual([64, '']);
    const whole = ['settings', 'export', '--with-secrets', '--json', '--out', 'whole.json'];
    expect((await mooring(whole, { cwd, variables })).code).toBe(0);
    expect(JSON.parse(await readFile(join(cwd, 'whole.json'), 'utf8'))).toMatchObject({ oidc });
    expect((await stat(join(cwd, 'whole.json'))).mode & 0o777).toBe(0o600);
    const again = await mooring(whole, { cwd, variables });
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('whole.json exists already')]);
    const events = await running.ask(running.admin, '{ auditEvents(first: 5) { edges { node { action } } } }');
    expect(JSON.stringify(events.data)).toContain('configuration.export');
    expect((await check('whole.json')).code).toBe(0);
  });
});
