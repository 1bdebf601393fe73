import { describe, expect, it } from '@jest/globals';
import { groupFilterProblem, groupsThatCount, hasAdminGroup } from './group-rules.js';

const rules = (groupFilter: string | null, adminGroup: string | null = null) => ({ groupFilter, adminGroup });

describe(groupsThatCount, () => {
  it('keeps all groups without a filter, and those with a match under one', () => {
    expect(groupsThatCount(rules(null), ['crew', 'pilots'])).toEqual(['crew', 'pilots']);
    expect(groupsThatCount(rules('^cr'), ['crew', 'pilots', 'scrap'])).toEqual(['crew']);
    expect(groupsThatCount(rules('lot'), ['crew', 'pilots'])).toEqual(['pilots']);
  });

  it('comes to an end where a backtracking engine would not within a lifetime', () => {
    expect(groupsThatCount(rules('^(a+)+$'), [`${'a'.repeat(5000)}b`])).toEqual([]);
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
