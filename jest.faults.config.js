import base from './jest.config.js';

/** What happens when processes, servers and answers are lost. Each brings a MariaDB of its own; they wait for each other. */
export default {
  ...base,
  roots: ['<rootDir>/test/faults'],
  testMatch: ['**/*.faults-spec.ts'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
