import base from './jest.config.js';

/** Upgrades from an earlier release, which tools/upgrade/prepare.sh builds. Each file brings a MariaDB of its own; they wait for each other. */
export default {
  ...base,
  roots: ['<rootDir>/test/upgrade'],
  testMatch: ['**/*.upgrade-spec.ts'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
