/**
 * The folders of portal/src, lowest first: a folder may import those named before it, and no other.
 * No folder has an index.ts: a module that re-exports a folder puts all of it into the chunk of every screen that imports one file
 * of it (with one in ui/, the login page grows from 117 to 132 kB). The rules below say which files of a folder others may import.
 */
const ORDER = ['generated', 'api', 'routing', 'ui', 'session', 'layout', 'screens'];
const ROOT = '^portal/src/';
const SCREENS = `${ROOT}screens/`;
const ADMINISTRATION = `${SCREENS}administration/`;

const upward = ORDER.slice(0, -1).map((folder, index) => ({
  name: `${folder}-imports-no-higher-folder`,
  severity: 'error',
  from: { path: `${ROOT}${folder}/` },
  to: { path: `${ROOT}(${ORDER.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    ...upward,
    {
      name: 'known-folder',
      severity: 'error',
      comment: 'A new folder of portal/src takes its place in the order above.',
      from: { path: `${ROOT}[^/]+/`, pathNot: `${ROOT}(${ORDER.join('|')})/` },
      to: {},
    },
    {
      name: 'root-comes-last',
      severity: 'error',
      comment: 'The files of the root put everything together, and no folder imports them. words.ts is for everybody.',
      from: { path: `${ROOT}[^/]+/` },
      to: { path: `${ROOT}[^/]+$`, pathNot: `${ROOT}words\\.ts$` },
    },
    {
      name: 'words-import-nothing',
      severity: 'error',
      from: { path: `${ROOT}words\\.ts$` },
      to: { path: ROOT },
    },
    {
      name: 'screens-import-no-other-family',
      severity: 'error',
      comment: 'What two families need stands in ui, session or layout.',
      from: { path: `${SCREENS}([^/]+)/` },
      to: { path: SCREENS, pathNot: `${SCREENS}$1/` },
    },
    {
      name: 'administration-screens-import-no-sibling',
      severity: 'error',
      comment: 'What two of them need stands in the root of screens/administration.',
      from: { path: `${ADMINISTRATION}([^/]+)/` },
      to: { path: `${ADMINISTRATION}[^/]+/`, pathNot: `${ADMINISTRATION}$1/` },
    },
    {
      name: 'administration-root-imports-no-screen',
      severity: 'error',
      from: { path: `${ADMINISTRATION}[^/]+$` },
      to: { path: `${ADMINISTRATION}[^/]+/` },
    },
    {
      name: 'screens-are-entered-by-the-screen',
      severity: 'error',
      comment: 'Of a family of screens the routes import the *-screen.tsx only.',
      from: { path: ROOT, pathNot: SCREENS },
      to: { path: SCREENS, pathNot: '-screen\\.tsx$' },
    },
    {
      name: 'screens-are-chunks',
      severity: 'error',
      comment:
        'A screen is imported dynamically, so that it is a chunk of its own. The login page is what most people see first.',
      from: { path: ROOT },
      to: { path: `${SCREENS}.*-screen\\.tsx$`, pathNot: '/login-screen\\.tsx$', dynamic: false },
    },
    {
      name: 'client-belongs-to-the-session',
      severity: 'error',
      comment:
        'Screens ask by useAnswer and useAction; only the session retries, and only it follows the state of the connection.',
      from: { path: ROOT, pathNot: `${ROOT}(api/|session/|main\\.tsx$)` },
      to: { path: `${ROOT}api/(client|connection-state)\\.ts$` },
    },
    {
      name: 'generated-has-one-face',
      severity: 'error',
      from: { path: ROOT, pathNot: `${ROOT}generated/` },
      to: { path: `${ROOT}generated/`, pathNot: `${ROOT}generated/(graphql|settings)\\.ts$` },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    includeOnly: ROOT,
  },
};
