import { describe, expect, it } from '@jest/globals';
import { groupFilterProblem, groupsThatCount, hasAdminGroup } from './group-rules.js';

const rules = (groupFilter: string | null, adminGroup: string | null = null) => ({ groupFilter, adminGroup });

describe(groupsThatCount, () => {
  it('keeps all groups without a filter, and those with a match under one', () => {
    expect(groupsThatCount(rules(null), ['crew', 'pilots'])).toEqual(['crew', 'pilots']);
    expect(groupsThatCount(rules('^cr'), ['crew', 'pilots', 'scrap'])).toEqual(['crew']);
    expect(groupsThatCount(rules('lot'), ['crew', 'pilots'])).toEqual(['pilots']);
  });

  it('takes far less time than an engine that goes back and tries again, which doubles with each letter', () => {
    const [filter, group] = ['^(a+)+$', `${'a'.repeat(26)}b`];
    const began = performance.now();
    expect(groupsThatCount(rules(filter), [group])).toEqual([]);
    const counted = performance.now();
    expect(new RegExp(filter).test(group)).toBe(false);
    expect(counted - began).toBeLessThan((performance.now() - counted) / 4);
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
