import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { words } from '../portal/src/words.js';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

/** Said to registry clients alone, at /service/token. */
const FOR_REGISTRY_CLIENTS = ['UNAUTHORIZED', 'UNAVAILABLE', 'UNSUPPORTED'];

describe('The words of the portal', () => {
  it('are there for every error code, those we have and those the contract promises', () => {
    const ours = [...read('../docs/errors.md').matchAll(/^## `(\w+)`$/gm)].map(([, code]) => code);
    const [, promised = ''] = read('contract.graphql').split('# extensions.code:');
    const codes = [...promised.matchAll(/^# {3}([A-Z_, ]+)/gm)].flatMap(
      ([, line = '']) => line.match(/[A-Z_]{6,}/g) ?? [],
    );
    expect(codes.length).toBeGreaterThan(20);
    const unsaid = [...ours, ...codes].map(String).filter((code) => !(code in words.errors));
    expect(unsaid.filter((code) => !FOR_REGISTRY_CLIENTS.includes(code))).toEqual([]);
  });
});
