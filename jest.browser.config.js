import base from './jest.config.js';

/** The stories in a real browser. They need the built portal and Chromium, and wait for each other: the machine is small. */
export default {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser-spec.ts'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
