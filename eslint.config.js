import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const BY_ROUTE = 'Decide by request.routeOptions.url or request.query, never by the text of the URL.';
const REQUEST = '/^(req|request|raw|exchange|message)$/';
const URLS = '/^(url|originalUrl)$/';
const TEXT_OF_URL = [
  `MemberExpression[property.name=${URLS}]:matches([object.name=${REQUEST}], [object.property.name=${REQUEST}])`,
  `:function > ObjectPattern > Property[key.name=${URLS}]`,
  `VariableDeclarator[init.name=${REQUEST}] > ObjectPattern > Property[key.name=${URLS}]`,
  `VariableDeclarator[init.property.name=${REQUEST}] > ObjectPattern > Property[key.name=${URLS}]`,
  `ObjectPattern > Property[key.name=${REQUEST}] > ObjectPattern > Property[key.name=${URLS}]`,
];

const BARE_MUTATION = {
  name: '@nestjs/graphql',
  importNames: ['Mutation'],
  message: 'Declare a mutation with AuditedMutation of audit/, which takes its action and its targets.',
};

export default tseslint.config(
  { ignores: ['**/dist/', 'data/', 'coverage/', '**/node_modules/', 'portal/src/generated/', 'bench/plain/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      complexity: ['error', 12],
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    // A guard belongs to the matched route: the text of a URL spells one route in many ways. Only the log shows it, and only the base path is removed from it.
    files: ['src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'src/http/request-log.ts', 'src/http/base-path.ts'],
    rules: { 'no-restricted-syntax': ['error', ...TEXT_OF_URL.map((selector) => ({ selector, message: BY_ROUTE }))] },
  },
  {
    // Every mutation names its audit action and its targets.
    files: ['src/**/*.ts'],
    ignores: ['src/audit/audited-mutation.decorator.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [BARE_MUTATION] }] },
  },
  {
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts', 'test/**', 'demo/**', 'bench/**'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // A story reads whatever answer it asked for; a wrong guess at its shape fails the story.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['portal/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // Markup is long and full of conditions without being hard to follow.
      complexity: ['error', 16],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // All texts stand in one file, so that a translation is one file.
    files: ['portal/src/words.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['jest.config.js', 'test/support/*.js'],
    languageOptions: { globals: { process: 'readonly', ReadableStream: 'readonly' } },
  },
  { files: ['**/*.cjs'], languageOptions: { globals: { module: 'writable' } } },
);
