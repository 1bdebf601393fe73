/** The staircase: a folder of src may import the folders named before it, and no other (docs/architecture.md). */
const staircase = [
  'common',
  'access',
  'config',
  'oidc/provider',
  'provider-logouts',
  'single-use',
  'provider-facts',
  'graphql',
  'health',
  'http',
  'settings',
  'audit',
  'portal',
  'throttling',
  'provider-questions',
  'users',
  'grants',
  'auth-mode',
  'groups',
  'service-tokens',
  'sessions',
  'authentication',
  'oidc',
  'cli-secrets',
  'configuration',
  'directory',
  'login',
  'registry',
  'database',
  'doctor',
  'workers',
  'app',
  'commands',
  'tracing',
];

/** The protocol stands below all that uses it, the rest of `oidc` does not. */
const inside = (folder) => (folder === 'oidc' ? 'oidc/(?!provider/)' : `${folder}/`);

const upward = staircase.slice(0, -1).map((folder, step) => ({
  name: `${folder.replace('/', '-')}-imports-no-later-step`,
  severity: 'error',
  from: { path: `^src/${inside(folder)}` },
  to: {
    path: `^src/(${staircase
      .slice(step + 1)
      .map(inside)
      .join('|')})`,
  },
}));

/** What every folder may take from, file by file; `npm run imports` prints what is taken. */
const OPEN = '^src/(common|access|config|settings)/';
/** Folders of one subject that is more than one room holds. */
const SHARED_ROOMS = '^src/(doctor|grants|graphql|users)/';
const ENTITIES = '\\.entity\\.ts$';
const FACES = ['/index\\.ts$', '\\.module\\.ts$'];
/** Specs see the inside of what they test; the composition and the list of entities wire everything. */
const WIRING = ['\\.spec\\.ts$', '^src/(app|database)/', '\\.module\\.ts$'];

module.exports = {
  forbidden: [
    {
      name: 'enters-through-the-face',
      severity: 'error',
      comment: 'A folder is entered through its index.ts. The provider test looks into the protocol that it explains.',
      from: { path: '^src/(.+)/[^/]+$', pathNot: [...WIRING, ENTITIES, SHARED_ROOMS, '^src/oidc/inspection/'] },
      to: { path: '^src/', pathNot: ['^src/$1/[^/]+$', OPEN, ...FACES] },
    },
    {
      name: 'rooms-enter-other-folders-through-the-face',
      severity: 'error',
      comment: 'The rooms of these folders see one another; other folders see their faces.',
      from: { path: SHARED_ROOMS, pathNot: [...WIRING, ENTITIES] },
      to: { path: '^src/', pathNot: ['^src/$1/', OPEN, ...FACES] },
    },
    {
      name: 'provider-test-enters-through-the-face',
      severity: 'error',
      from: { path: '^src/oidc/inspection/', pathNot: WIRING },
      to: { path: '^src/', pathNot: ['^src/oidc/(inspection|provider)/', OPEN, ...FACES] },
    },
    {
      name: 'entities-relate-to-entities',
      severity: 'error',
      from: { path: '^src/(.+)/[^/]+\\.entity\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/$1/[^/]+$', OPEN, ENTITIES, ...FACES] },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-imports-a-way-to-start',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+\\.ts$' },
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
      from: { path: '^src/[^/]+/', pathNot: `^src/(${staircase.join('|')})/` },
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

/** For tools/check/check-tables.ts. Not enumerable: dependency-cruiser accepts no property that it does not know. */
Object.defineProperty(module.exports, 'staircase', { value: staircase });
