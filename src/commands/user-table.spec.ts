import { describe, expect, it } from '@jest/globals';
import type { ListedUser } from '../users/operator/index.js';
import { UserTable } from './user-table.js';

const LIN: ListedUser = {
  ...{ username: 'lin', kind: 'LOCAL', issuer: null, subject: null, isDisabled: false, isAdmin: true },
  ...{ createdAt: new Date('2026-01-02T03:04:05.678Z'), lastLoginAt: null },
};

describe(UserTable, () => {
  it('has one heading for all pages, and wider columns where a later page needs them', () => {
    const table = new UserTable();
    expect(table.linesOf([LIN])).toBe(
      'NAME  KIND   STATE   ROLE           CREATED               LAST LOGIN  SUBJECT  ISSUER\n' +
        'lin   LOCAL  active  administrator  2026-01-02T03:04:05Z  -           -        -\n',
    );
    const other = { ...LIN, username: 'lin-the-second', isDisabled: true, isAdmin: false };
    expect(table.linesOf([other, LIN])).toBe(
      'lin-the-second  LOCAL  disabled  user           2026-01-02T03:04:05Z  -           -        -\n' +
        'lin             LOCAL  active    administrator  2026-01-02T03:04:05Z  -           -        -\n',
    );
  });

  it('shows no character of a provider that moves the cursor, breaks the line or hides text', () => {
    const subject = 'a\u001b[2J\nb\u202ec\u2028d';
    expect(new UserTable().linesOf([{ ...LIN, subject }])).toContain('  a\ufffd[2J\ufffdb\ufffdc\ufffdd  -\n');
  });
});
