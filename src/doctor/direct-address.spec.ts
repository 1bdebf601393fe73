import { describe, expect, it } from '@jest/globals';
import { networkInterfaces } from 'node:os';
import { leadsToServer } from './direct-address.js';

describe(leadsToServer, () => {
  const leads = (url: string, host = '0.0.0.0') => leadsToServer({ publicUrl: new URL(url), host, port: 8080 });

  it.each([
    ['http://127.0.0.1:8080', '0.0.0.0'],
    ['http://127.0.0.2:8080', '0.0.0.0'],
    ['http://localhost:8080', '::'],
    ['http://localhost:8080', '127.0.0.1'],
    ['http://[::1]:8080', '::1'],
  ])('is so for %s where the server listens at %s', async (url, host) => expect(await leads(url, host)).toBe(true));

  it('is so for every address of the machine where the server listens at all of them', async () => {
    const own = Object.values(networkInterfaces()).flatMap((of = []) => of.filter(({ family }) => family === 'IPv4'));
    for (const { address } of own) expect(await leads(`http://${address}:8080`)).toBe(true);
  });

  it.each([
    ['https://127.0.0.1:8080', '0.0.0.0'],
    ['http://127.0.0.1', '0.0.0.0'],
    ['http://127.0.0.1:8081', '0.0.0.0'],
    ['http://192.0.2.7:8080', '0.0.0.0'],
    ['http://127.0.0.2:8080', '127.0.0.1'],
  ])('is not so for %s where the server listens at %s', async (url, host) =>
    expect(await leads(url, host)).toBe(false),
  );
});
