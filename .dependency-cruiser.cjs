/** The staircase: a folder of src may import the folders named before it, and no other (docs/architecture.md). */
const staircase = [
  'common',
  'config',
  'settings',
  'audit',
  'health',
  'throttling',
  'users',
  'groups',
  'auth-mode',
  'sessions',
  'oidc',
  'cli-secrets',
  'registry',
  'portal',
];

const upward = staircase.slice(0, -1).map((folder, step) => ({
  name: `${folder}-imports-no-later-step`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: `^src/(${staircase.slice(step + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'composition-comes-last',
      severity: 'error',
      comment: 'The root files and src/database import everything; nothing else imports them.',
      from: { path: `^src/(${staircase.join('|')})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/(database/|[^/]+\\.ts$)' },
    },
    {
      name: 'provider-speaks-protocol-only',
      severity: 'error',
      from: { path: '^src/oidc/provider/' },
      to: { path: '^src/', pathNot: '^src/(common|oidc/provider)/' },
    },
    {
      name: 'known-step',
      severity: 'error',
      comment: 'A new folder of src takes its place in the staircase.',
      from: { path: '^src/(?!database/)[^/]+/', pathNot: `^src/(${staircase.join('|')})/` },
      to: {},
    },
    ...upward,
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^src',
  },
};
