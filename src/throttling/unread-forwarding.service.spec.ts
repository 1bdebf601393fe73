import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { UnreadForwarding } from './unread-forwarding.service.js';

describe(UnreadForwarding.name, () => {
  let peers: unknown[];
  let unread: UnreadForwarding;
  beforeEach(() => {
    peers = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(({ peer }: { peer: string }) => void peers.push(peer));
    unread = new UnreadForwarding();
  });
  afterEach(() => void jest.restoreAllMocks());

  const sends = (...addresses: string[]) => {
    for (const address of addresses) unread.note(address, { 'x-forwarded-for': '192.0.2.1' });
  };

  it('warns of a public proxy although strangers sent the header before', () => {
    sends('203.0.113.1', '203.0.113.2', '203.0.113.3', '198.51.100.7');
    expect(peers).toEqual(['203.0.113.1', '198.51.100.7']);
  });

  it('warns of three public networks, and once of each class of local addresses', () => {
    for (let index = 0; index < 200; index++) sends(`2001:db8:${index.toString(16)}::1`, `10.0.${index}.1`);
    expect(peers).toEqual(['2001:db8:0:0::/64', '10.0.0.1', '2001:db8:1:0::/64', '2001:db8:2:0::/64']);
    sends('127.0.0.1');
    expect(peers).toHaveLength(5);
  });
});
