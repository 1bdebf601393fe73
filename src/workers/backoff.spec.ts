import { expect, it } from '@jest/globals';
import { pauseAfter } from './backoff.js';

it('A worker that dies is replaced at once; after failed starts the pause doubles, up to half a minute', () => {
  expect([0, 1, 2, 3, 4, 20, 2000].map(pauseAfter)).toEqual([0, 100, 200, 400, 800, 30_000, 30_000]);
});
