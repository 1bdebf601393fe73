import base from './jest.config.js';

/** What holds where each replica has a database server of its own: each file brings a Galera cluster; they wait for each other. */
export default {
  ...base,
  roots: ['<rootDir>/test/cluster'],
  testMatch: ['**/*.cluster-spec.ts'],
  maxWorkers: 1,
  // With CLUSTER_ROUNDS=2000 a story takes some minutes.
  testTimeout: 1_200_000,
};
