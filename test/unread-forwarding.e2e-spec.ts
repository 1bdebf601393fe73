import { afterEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { LOGIN, ME, REGISTER } from './support/documents.js';

const CLIENT = '198.51.100.7';
const LIMITS = { wrongSecretsPerAddress: 5, wrongSecretsPerUser: 50, wrongSecretMinutes: 10 };
const FORWARDED = { 'x-forwarded-for': CLIENT };

interface Line {
  readonly level: number;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

describe('A header that names the client and is not read', () => {
  let app: TestApp;
  afterEach(() => app.stop());

  const ask = (headers: Record<string, string>) => app.post(undefined, JSON.stringify({ query: ME }), headers);
  const guess = (index: number, headers: Record<string, string> = {}, username = `user-${index}`) => {
    const variables = { input: { username, password: `Wrong-password-${index}` } };
    return app.post(undefined, JSON.stringify({ query: LOGIN, variables }), headers);
  };
  const guessTimes = async (times: number, headers?: Record<string, string>, username?: string) => {
    for (let index = 0; index < times; index++) await guess(index, headers, username);
  };
  const linesOf = (context: string) =>
    app.log.map((line) => JSON.parse(line) as Line).filter((line) => line.context === context);
  const warnings = () => linesOf('UnreadForwarding');
  const throttled = () => linesOf('ThrottleLog');

  it('is warned about once, with the variable to set and without its value', async () => {
    app = await TestApp.start();
    const value = `${CLIENT}, ${'x'.repeat(4000)}`;
    for (const headers of [{ 'x-forwarded-for': value }, FORWARDED, { forwarded: `for=${CLIENT}` }]) await ask(headers);
    expect(warnings()).toEqual([
      expect.objectContaining({ level: 40, peerClass: 'loopback', header: 'X-Forwarded-For' }),
    ]);
    const [{ msg = '' } = {}] = warnings();
    expect(msg).toMatch(
      /If the sender is your proxy, add its address or network to TRUST_PROXY .*loopback.* If it is not, ignoring the header is right/,
    );
    expect(app.log.join('')).not.toContain(CLIENT);
  });

  it.each(['loopback', '127.0.0.0/8', '1'])(
    'is not warned about where TRUST_PROXY=%s reads it',
    async (TRUST_PROXY) => {
      app = await TestApp.start({ TRUST_PROXY });
      for (const headers of [FORWARDED, { ...FORWARDED, forwarded: `for=${CLIENT}` }, { 'x-forwarded-for': '' }, {}])
        await ask(headers);
      expect(warnings()).toEqual([]);
      await app.configure(LIMITS);
      await guessTimes(7, FORWARDED);
      expect(throttled()).toMatchObject([{ address: CLIENT, forwardingHeader: 'none' }]);
    },
  );

  it.each<Record<string, string>>([{}, { TRUST_PROXY: '10.0.0.0/8' }])(
    'is warned about where %j does not cover the peer',
    async (variables) => {
      app = await TestApp.start(variables);
      await ask(FORWARDED);
      expect(warnings()).toHaveLength(1);
    },
  );

  it('is warned about although the peer is trusted, if it is only Forwarded', async () => {
    app = await TestApp.start({ TRUST_PROXY: 'loopback' });
    await ask({ forwarded: `for=${CLIENT}` });
    expect(warnings()).toMatchObject([
      { header: 'Forwarded', msg: expect.stringContaining('let it send X-Forwarded-For') },
    ]);
  });

  it('is named where its sender is throttled, with the number of user names, once a window', async () => {
    app = await TestApp.start();
    app.clock.stop();
    await app.configure(LIMITS);
    await guessTimes(9, FORWARDED);
    expect(throttled()).toEqual([
      expect.objectContaining({
        level: 40,
        address: '127.0.0.1',
        seconds: 600,
        userNames: 5,
        forwardingHeader: 'unread',
      }),
    ]);
    const [{ msg = '' } = {}] = throttled();
    expect(msg).toMatch(
      /^An address is throttled: more than 5 wrong credentials came from it, for 5 user names\. .*TRUST_PROXY.*wrongSecretsPerAddress\.$/,
    );
    app.clock.advance(601);
    await guessTimes(9, FORWARDED);
    expect(throttled()).toHaveLength(2);
  });

  it('is not needed for that line: an address without one is told which setting to raise', async () => {
    app = await TestApp.start();
    app.clock.stop();
    await app.configure({ ...LIMITS, selfRegistration: true, registrationsPerHour: 1 });
    await guessTimes(9, {}, 'lin');
    for (const username of ['one', 'two', 'three']) {
      await app.ask(undefined, REGISTER, {
        input: { username, password: 'First-password-1', email: `${username}@example.org` },
      });
    }
    expect(throttled()).toMatchObject([
      {
        forwardingHeader: 'none',
        userNames: 1,
        msg: expect.stringMatching(
          /for one user name\. If many people share it, raise the setting wrongSecretsPerAddress/,
        ),
      },
      { msg: expect.stringMatching(/more than 1 registration came from it\. .*registrationsPerHour/) },
    ]);
  });
});
