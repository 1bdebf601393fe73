import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LARGEST_PAGE } from '../src/graphql/pagination.js';
import { LEASE_MS } from '../src/grants/grant-store.service.js';
import { WHOLE_REFRESH_MS } from '../src/oidc/provider/refresh-exchange.js';
import { MOST_CLOCKS_APART_MS } from '../src/oidc/refresh/refresh-attempt.service.js';
import { declaredLimitsIn } from '../tools/generate/declared-limits.js';
import { limitsPage, missingIn } from '../tools/generate/limits-page.js';

const root = join(import.meta.dirname, '..');
const declared = declaredLimitsIn(join(root, 'src'));

describe('The page of limits', () => {
  it('has a row for every constant with the name of a limit, and no other', () => {
    expect(missingIn(declared)).toEqual({ withoutRow: [], undeclared: [] });
  });

  it('is the one that the sources give', () => {
    expect(readFileSync(join(root, 'docs/limits.md'), 'utf8')).toBe(limitsPage(declared));
  });

  it('has the values of the running code', () => {
    expect(declared.get('graphql/pagination.ts LARGEST_PAGE')).toBe(LARGEST_PAGE);
    expect(declared.get('oidc/provider/refresh-exchange.ts WHOLE_REFRESH_MS')).toBe(WHOLE_REFRESH_MS);
    expect(declared.get('grants/grant-store.service.ts LEASE_MS')).toBe(LEASE_MS);
    expect(declared.get('oidc/refresh/refresh-attempt.service.ts MOST_CLOCKS_APART_MS')).toBe(MOST_CLOCKS_APART_MS);
    expect(limitsPage(declared)).not.toContain('NaN');
  });

  it('refuses a constant without a row', () => {
    const more = new Map([...declared, ['users/new.ts MOST_NEW', 1]]);
    expect(() => limitsPage(more)).toThrow('users/new.ts MOST_NEW');
  });
});
