import config from './jest.config.js';

/** @type {import('jest').Config} */
export default {
  ...config,
  testMatch: ['**/*.conformance-spec.ts'],
  silent: true,
  reporters: ['default', '<rootDir>/test/support/conformance-table.js'],
};
