import base from './jest.config.js';

/** What most installations have, for real; `tools/interop/prepare.sh` fetches it. They need no network. */
export default {
  ...base,
  roots: ['<rootDir>/test/interop'],
  testMatch: ['**/*.interop-spec.ts'],
  // A Keycloak takes a core for itself.
  maxWorkers: 1,
  testTimeout: 600_000,
};
