import { describe, expect, it } from '@jest/globals';
import { cpuTime } from '../../test/support/cpu-time.js';
import { groupFilterProblem, groupsThatCount, hasAdminGroup, knownGroups, mayLogIn } from './group-rules.js';

const rules = (groupFilter: string | null, ...adminGroups: string[]) => ({ groupFilter, adminGroups });

describe(groupsThatCount, () => {
  it('keeps all groups without a filter, and those with a match under one', () => {
    expect(groupsThatCount(rules(null), ['crew', 'pilots'])).toEqual(['crew', 'pilots']);
    expect(groupsThatCount(rules('^cr'), ['crew', 'pilots', 'scrap'])).toEqual(['crew']);
    expect(groupsThatCount(rules('lot'), ['crew', 'pilots'])).toEqual(['pilots']);
  });

  it('takes far less time than an engine that goes back and tries again, which doubles with each letter', () => {
    const [filter, group] = ['^(a+)+$', `${'a'.repeat(26)}b`];
    const began = cpuTime();
    expect(groupsThatCount(rules(filter), [group])).toEqual([]);
    const counted = cpuTime();
    expect(new RegExp(filter).test(group)).toBe(false);
    expect(counted - began).toBeLessThan((cpuTime() - counted) / 4);
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

describe(knownGroups, () => {
  const now = new Date('2026-01-02T00:00:00.000Z');
  const names = ['crew'];

  it('are those told with the tokens that are kept, and for the stated time those told before', () => {
    const known = (toldAt: string | null, groupsKeptHours = 24) =>
      knownGroups({ groupsKeptHours }, { names, toldAt: toldAt === null ? null : new Date(toldAt) }, now);
    expect([known(null), known(null, 0)]).toEqual([names, names]);
    expect(known('2026-01-01T00:00:00.001Z')).toEqual(names);
    expect(known('2026-01-01T00:00:00.000Z')).toEqual([]);
    expect(known('2026-01-02T00:00:00.000Z', 0)).toEqual([]);
  });
});

describe(hasAdminGroup, () => {
  it('compares byte by byte, and heeds no filter', () => {
    expect(hasAdminGroup(rules('^crew$', 'admins'), ['admins'])).toBe(true);
    expect(hasAdminGroup(rules(null, 'admins'), ['Admins', 'admins '])).toBe(false);
    expect(hasAdminGroup(rules(null), ['admins'])).toBe(false);
  });

  it('is one of several, and one name with a comma is one group', () => {
    expect(hasAdminGroup(rules(null, 'admins', 'platform'), ['crew', 'platform'])).toBe(true);
    expect(hasAdminGroup(rules(null, 'admins,platform'), ['platform'])).toBe(false);
    expect(hasAdminGroup(rules(null, 'admins,platform'), ['admins,platform'])).toBe(true);
  });
});

describe(mayLogIn, () => {
  const now = new Date('2026-01-02T00:00:00.000Z');
  const may = (loginGroups: string[], names: string[] | null, toldAt: Date | null = null) =>
    mayLogIn({ loginGroups, groupsKeptHours: 24 }, names && { names, toldAt }, now);

  it('lets everybody in where no group is named, and else the members of one of them', () => {
    expect([may([], null), may([], []), may([], ['crew'])]).toEqual([true, true, true]);
    expect([may(['crew', 'pilots'], ['pilots']), may(['crew'], ['Crew']), may(['crew'], [])]).toEqual([
      ...[true, false, false],
    ]);
  });

  it('refuses where the groups are not known, or were told too long ago', () => {
    expect(may(['crew'], null)).toBe(false);
    expect(may(['crew'], ['crew'], new Date('2026-01-01T00:00:00.001Z'))).toBe(true);
    expect(may(['crew'], ['crew'], new Date('2026-01-01T00:00:00.000Z'))).toBe(false);
  });
});
