import { availableParallelism } from 'node:os';
import { env } from 'node:process';

/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  // Stories of a database server need one, which npm run test:mysql brings; those of a SQLite file need no server.
  testPathIgnorePatterns: ['/node_modules/', env.TEST_DATABASE_URL ? '/test/sqlite/' : '/test/mysql/'],
  testEnvironment: 'node',
  randomize: true,
  // Much of a story is waiting, more so for a database server; a core left idle would double the time on a small machine.
  maxWorkers: availableParallelism() + (env.TEST_DATABASE_URL ? 1 : 0),
  // Modules of a file that has run stay in memory (ECMAScript modules in vm contexts): a fresh worker costs less than their collection.
  workerIdleMemoryLimit: '1500MB',
  globalSetup: '<rootDir>/test/support/before-all-files.js',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/loopback-only.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'es6' },
      },
    ],
  },
  // Ample, for some stories go hundreds of rounds, and machines that check are shared.
  testTimeout: 300_000,
  // A worker gets half a second by default to exit; on a busy machine it is killed and reported as a leak although it has none.
  workerGracefulExitTimeout: 30_000,
};
