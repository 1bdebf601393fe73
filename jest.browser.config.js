import base from './jest.config.js';

/** The stories in a real browser. They need the built portal and Chromium. */
export default {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser-spec.ts'],
  testTimeout: 300_000,
};
