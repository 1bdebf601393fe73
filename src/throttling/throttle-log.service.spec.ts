import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeClock } from '../../test/support/fake-clock.js';
import { ThrottleLog } from './throttle-log.service.js';
import { UnreadForwarding } from './unread-forwarding.service.js';

describe(ThrottleLog.name, () => {
  let lines: { readonly fields: Record<string, unknown>; readonly text: string }[];
  let clock: FakeClock;
  let log: ThrottleLog;
  beforeEach(() => {
    lines = [];
    jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((fields: Record<string, unknown>, text: string) => void lines.push({ fields, text }));
    clock = new FakeClock();
    log = new ThrottleLog(new UnreadForwarding(), clock);
  });
  afterEach(() => void jest.restoreAllMocks());

  const throttle = (block: string, of: 'credentials' | 'disclosures' = 'credentials') =>
    log.note({ block, of }, { limit: 30, endsAt: clock.now().getTime() + 900_000 });

  it('writes one line a window for each address and what is counted', () => {
    for (const block of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) throttle(block);
    throttle('192.0.2.1', 'disclosures');
    expect(lines.map(({ fields }) => fields.address)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.1']);
    clock.advance(900);
    throttle('192.0.2.1');
    expect(lines).toHaveLength(4);
  });

  it('writes at most twenty lines a minute, and then the number of the others', () => {
    for (let index = 0; index < 5000; index++) throttle(`2001:db8:${index.toString(16)}:0::/64`);
    expect(lines).toHaveLength(20);
    clock.advance(60);
    throttle('192.0.2.1');
    expect(lines[20]?.fields).toMatchObject({ address: '192.0.2.1', otherAddresses: 4980 });
  });

  it('writes at most five of them about one network, however many of its addresses are throttled', () => {
    for (let index = 0; index < 5000; index++) throttle(`2001:db8:0:${index.toString(16)}::/64`);
    for (let index = 0; index < 200; index++) throttle(`203.0.113.${index}`);
    expect(lines).toHaveLength(10);
    expect(lines[5]?.fields).toMatchObject({ address: '203.0.113.0', otherAddresses: 4995 });
    throttle('192.0.2.1');
    expect(lines[10]?.fields).toMatchObject({ address: '192.0.2.1', otherAddresses: 195 });
  });

  it('writes the line of an address that had no room as soon as there is room', () => {
    for (let index = 0; index < 50; index++) throttle(`2001:db8:${index.toString(16)}:0::/64`);
    throttle('192.0.2.1');
    expect(lines.map(({ fields }) => fields.address)).not.toContain('192.0.2.1');
    clock.advance(60);
    throttle('192.0.2.1');
    throttle('192.0.2.1');
    expect(lines.filter(({ fields }) => fields.address === '192.0.2.1')).toHaveLength(1);
  });

  it('says one registration, not one registrations', () => {
    log.note({ block: '192.0.2.1', of: 'registrations' }, { limit: 1, endsAt: clock.now().getTime() + 1000 });
    expect(lines[0]?.text).toMatch(/more than 1 registration came from it\./);
  });

  it('counts each user name once, and no more than twenty', () => {
    for (let index = 0; index < 100; index++) log.noteName('192.0.2.1', `user-${index % 50}`);
    for (const name of ['lin', 'lin']) log.noteName('192.0.2.2', name);
    for (const block of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) throttle(block);
    expect(lines.map(({ fields }) => fields.userNames)).toEqual([20, 1, undefined]);
    expect(lines[0]?.text).toContain('for at least 20 user names.');
  });
});
