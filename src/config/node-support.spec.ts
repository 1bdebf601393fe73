import { describe, expect, it } from '@jest/globals';
import { nodeAdvice } from './node-support.js';

describe(nodeAdvice, () => {
  it.each([
    ['20.20.2', '2026-04-30', undefined],
    ['20.20.2', '2026-05-01', 'Node 20 has had no security fixes since 2026-04-30: run Mooring on Node 24.'],
    ['22.20.0', '2026-11-26', undefined],
    ['22.20.0', '2027-05-01', 'Node 22 has had no security fixes since 2027-04-30: run Mooring on Node 24.'],
    ['24.19.0', '2026-11-26', undefined],
    ['26.0.0', '2030-01-01', undefined],
  ])('says of Node %s on %s: %s', (node, day, advice) => expect(nodeAdvice(node, new Date(day))).toBe(advice));
});
