import { describe, expect, it } from '@jest/globals';
import { otherGlobalModules, SourceFile, tablesOfLaterSteps } from '../tools/check/table-owners.js';

const STAIRCASE = ['common', 'audit', 'users', 'grants', 'registry'];
const ENTITIES: SourceFile[] = [
  { path: 'src/audit/audit-event.entity.ts', text: "@Entity('audit_events')\nexport class AuditEventRow {}" },
  { path: 'src/users/user.entity.ts', text: "@Entity({ name: 'users' })\nexport class User {}" },
  { path: 'src/grants/provider-grant.entity.ts', text: "@Entity('provider_grants')\nexport class ProviderGrant {}" },
];

const findingsIn = (path: string, text: string) => tablesOfLaterSteps([...ENTITIES, { path, text }], STAIRCASE);

describe(tablesOfLaterSteps, () => {
  it('finds SQL that names a table of a later step, with its line and the owner', () => {
    const text = ['const LABELS = {', "  user: 'SELECT username AS label FROM users WHERE id = ?',", '};'].join('\n');
    expect(findingsIn('src/audit/audit.statements.ts', text)).toEqual([
      'src/audit/audit.statements.ts:2: names the table users, which src/users/user.entity.ts owns',
    ]);
  });

  it.each([
    [
      'a join, after a substitution',
      'const SQL = `SELECT ${A}\n  FROM audit_events a\n  JOIN users u ON u.id = a.id`;',
      3,
    ],
    ['a list of tables', "const SQL = 'SELECT 1 FROM audit_events a, users u';", 1],
    ['a column of the table', "const SQL = 'SELECT 1 FROM x WHERE users.id = ?';", 1],
    ['a deletion', "const SQL = 'DELETE FROM users';", 1],
    ['a reference', "const SQL = 'ALTER TABLE x ADD FOREIGN KEY (a) REFERENCES users (id)';", 1],
    ['a name of two words, wherever it stands', "builder.from('provider_grants', 'g');", 1],
  ])('finds %s', (_what, text, line) => {
    expect(findingsIn('src/audit/a.ts', text)).toEqual([expect.stringMatching(`^src/audit/a.ts:${line}: names the`)]);
  });

  it('lets a folder name its own tables and those of steps below it', () => {
    const text = "const SQL = 'SELECT 1 FROM provider_grants g JOIN users u ON u.id = g.user_id';";
    expect(findingsIn('src/grants/a.ts', text)).toEqual([]);
    expect(findingsIn('src/registry/access-rules/a.ts', text)).toEqual([]);
  });

  it('takes comments, code and words of prose for no SQL', () => {
    const text =
      "// FROM users\nconst users = 1;\nconst said = 'The users, users of it.';\nconst name = 'my_provider_grants';";
    expect(findingsIn('src/audit/a.ts', text)).toEqual([]);
  });

  it('leaves migrations and the rewrap command alone', () => {
    const text = "const SQL = 'UPDATE users SET id = id';";
    expect(findingsIn('src/database/migrations/a.ts', text)).toEqual([]);
    expect(findingsIn('src/commands/rewrap.ts', text)).toEqual([]);
  });
});

describe(otherGlobalModules, () => {
  it('finds a module that is global and is none of the few that may be', () => {
    const text = '@Global()\n@Module({})\nexport class AModule {}';
    const files = [
      { path: 'src/users/users.module.ts', text },
      { path: 'src/audit/audit.module.ts', text },
    ];
    expect(otherGlobalModules(files)).toEqual([
      'src/users/users.module.ts:1: is global; only config, settings, health, audit, app may be',
    ]);
  });
});
