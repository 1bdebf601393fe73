import { describe, expect, it } from '@jest/globals';
import { AuditActorKind } from './audit-event.js';
import { FrequentSuccess, SuccessSums } from './success-sums.js';

const NOW = new Date('2026-11-28T12:00:10Z');
const login = (id: string, remoteAddress: string | null = '192.0.2.1'): FrequentSuccess => ({
  ...{ action: 'registry.login', actor: { kind: AuditActorKind.USER, id } },
  ...{ user: { id, username: id }, remoteAddress },
});

describe(SuccessSums, () => {
  it('counts by user, address block and minute', () => {
    const sums = new SuccessSums();
    for (let time = 0; time < 3; time++) sums.note(login('lin'), NOW);
    sums.note(login('sam'), NOW);
    sums.note(login('lin', '2001:db8:1:2::1'), NOW);
    sums.note(login('lin', '2001:db8:1:2::2'), NOW);
    sums.note(login('lin'), new Date(NOW.getTime() + 60_000));
    const counted = sums.take().map(({ user, remoteAddress, count }) => [user?.id, remoteAddress, count]);
    expect(counted.sort()).toEqual([
      ['lin', '192.0.2.1', 1],
      ['lin', '192.0.2.1', 3],
      ['lin', '2001:db8:1:2::/64', 2],
      ['sam', '192.0.2.1', 1],
    ]);
    expect(sums.take()).toEqual([]);
  });

  it('has a bound on the rows of one user, whose further addresses are one row of theirs', () => {
    const sums = new SuccessSums();
    for (let part = 0; part < 1_200; part++) sums.note(login('lin', `10.${part >> 8}.${part & 255}.1`), NOW);
    for (let part = 0; part < 1_200; part++) sums.note(login('lin', `2001:db8:1:2::${part.toString(16)}`), NOW);
    sums.note(login('sam'), NOW);
    const rows = sums.take();
    expect(rows).toHaveLength(52);
    expect(rows.every(({ user }) => user !== null)).toBe(true);
    expect(rows.find(({ remoteAddress }) => remoteAddress === 'others')).toMatchObject({
      user: { id: 'lin' },
      count: 2_350,
    });
    expect(rows.find(({ user }) => user?.id === 'sam')).toMatchObject({ count: 1, remoteAddress: '192.0.2.1' });
  });

  it('begins a row once in a minute, however often it was taken', () => {
    const sums = new SuccessSums();
    for (let round = 0; round < 4; round++) {
      for (let user = 0; user < 400; user++) sums.note(login(`user-${user}`), NOW);
      const rows = sums.take();
      expect(rows).toHaveLength(400);
      expect(rows.every(({ user }) => user !== null)).toBe(true);
    }
  });

  it('has its rows in the order of their keys, which is that of every process', () => {
    const sums = new SuccessSums();
    for (let user = 0; user < 50; user++) sums.note(login(`user-${user}`), NOW);
    const keys = sums.take().map(({ sumKey }) => sumKey);
    expect(keys).toEqual([...keys].sort());
  });

  it('has the same keys in every process', () => {
    const keys = [new SuccessSums(), new SuccessSums()].map((sums) => {
      sums.note(login('lin'), NOW);
      return sums.take()[0]?.sumKey;
    });
    expect(keys[0]).toBe(keys[1]);
  });

  it('has a bound on its rows of a minute; what comes after it is counted without users', () => {
    const sums = new SuccessSums();
    for (let user = 0; user < 1_500; user++) sums.note(login(`user-${user}`), NOW);
    const rows = sums.take();
    expect(rows).toHaveLength(1_001);
    expect(rows.filter(({ user }) => user === null)).toMatchObject([{ count: 500, remoteAddress: 'others' }]);
    for (let user = 0; user < 3; user++) sums.note(login(`another-${user}`), NOW);
    expect(sums.take()).toMatchObject([{ count: 3, user: null }]);
    sums.note(login('lin'), new Date(NOW.getTime() + 60_000));
    expect(sums.take()).toMatchObject([{ user: { id: 'lin' } }]);
  });
});
