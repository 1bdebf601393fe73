import { describe, expect, it } from '@jest/globals';
import { groupFilterProblem, groupsThatCount, hasAdminGroup } from './group-rules.js';

const rules = (groupFilter: string | null, adminGroup: string | null = null) => ({ groupFilter, adminGroup });

describe(groupsThatCount, () => {
  it('keeps all groups without a filter, and those with a match under one', () => {
    expect(groupsThatCount(rules(null), ['crew', 'pilots'])).toEqual(['crew', 'pilots']);
    expect(groupsThatCount(rules('^cr'), ['crew', 'pilots', 'scrap'])).toEqual(['crew']);
    expect(groupsThatCount(rules('lot'), ['crew', 'pilots'])).toEqual(['pilots']);
  });

  it('takes linear time where a backtracking engine would never end', () => {
    const begin = performance.now();
    expect(groupsThatCount(rules('^(a+)+$'), [`${'a'.repeat(5000)}b`])).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe(groupFilterProblem, () => {
  it.each(['(', '(?=a)', String.raw`(a)\1`, '', ' ', 'a\u0000', 'a\u202e', 'a'.repeat(1001)])(
    'refuses %j',
    (filter) => {
      expect(groupFilterProblem(filter)).toMatch(/^must /);
    },
  );
});

describe(hasAdminGroup, () => {
  it('compares byte by byte, and heeds no filter', () => {
    expect(hasAdminGroup(rules('^crew$', 'admins'), ['admins'])).toBe(true);
    expect(hasAdminGroup(rules(null, 'admins'), ['Admins', 'admins '])).toBe(false);
    expect(hasAdminGroup(rules(null), ['admins'])).toBe(false);
  });
});
