import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { get, IncomingMessage } from 'node:http';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CHANGE_PASSWORD, CREATE_USER, LOGIN, ME, REGISTER, SESSIONS, UPDATE_PROFILE } from './support/documents.js';
import { basic, getToken } from './support/registry-client.js';

const PASSWORD = 'First-password-1';
const NEXT = 'Second-password-2';
const LIMITS = { wrongSecretsPerAddress: 5, wrongSecretsPerUser: 50, selfRegistration: true };
const lin = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };
const sam = { username: 'sam', password: PASSWORD, email: 'sam@example.org' };

// A client that went away before it was looked at has no address: Node answers undefined. TestApp.stop() fails where
// anything was logged as an error.
const VARIABLES: readonly Record<string, string>[] = [{}, { TRUST_PROXY: 'loopback' }, { TRUST_PROXY: '1' }];

describe.each(VARIABLES)('A client without an address, %j', (variables) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start(variables);
    await app.configure(LIMITS);
    await app.ask(app.admin, CREATE_USER, { input: lin });
  });
  afterEach(() => app.stop());

  const goAway = () => {
    let isAway = true;
    const address = () => (isAway ? undefined : '127.0.0.1');
    app.nest.getHttpServer().prependListener('request', ({ socket }: IncomingMessage) => {
      Object.defineProperty(socket, 'remoteAddress', { get: address, configurable: true });
    });
    return () => (isAway = false);
  };
  const guess = async (index: number) =>
    (await app.ask(new Browser(), LOGIN, { input: { username: 'nobody', password: `Wrong-password-${index}` } })).code;

  it('logs in, is shown without one, changes a password and a profile, and registers', async () => {
    goAway();
    const browser = await app.loggedIn('lin', PASSWORD);
    const { data } = await app.ask(browser, SESSIONS);
    expect(data.sessions).toMatchObject([{ isCurrent: true, remoteAddress: null }]);
    const passwords = { currentPassword: PASSWORD, newPassword: NEXT };
    expect((await app.ask(browser, CHANGE_PASSWORD, { input: passwords })).code).toBeUndefined();
    expect((await app.ask(browser, UPDATE_PROFILE, { input: { email: 'l@example.org' } })).code).toBeUndefined();
    expect((await app.ask(undefined, REGISTER, { input: sam })).code).toBeUndefined();
  });

  it('is answered by Basic, by a service token, and at the token service', async () => {
    goAway();
    expect((await app.ask(app.admin, ME)).data.me.username).toBe('admin');
    expect((await app.ask({ bearer: 'mrgs_wrong' }, ME)).code).toBe('INVALID_CREDENTIALS');
    const tokenFor = (password: string) => getToken(app.url, { service: 'registry' }, basic('lin', password));
    expect([(await tokenFor(PASSWORD)).status, (await tokenFor(NEXT)).status]).toEqual([200, 401]);
  });

  it('counts with all others who have none, is known to nobody, and counts against nobody who has one', async () => {
    const comeBack = goAway();
    await app.loggedIn('lin', PASSWORD);
    const codes = [];
    for (let index = 0; index < 6; index++) codes.push(await guess(index));
    expect(codes).toEqual([...Array<string>(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED']);
    await expect(app.loggedIn('lin', PASSWORD)).rejects.toThrow('RATE_LIMITED');
    comeBack();
    expect(await guess(7)).toBe('INVALID_CREDENTIALS');
    await app.loggedIn('lin', PASSWORD);
  });

  it('keeps the one that it came from when it goes away while its request is being read', async () => {
    const seen = new Promise((resolve) => {
      app.nest.getHttpServer().prependOnceListener('request', ({ socket }: IncomingMessage) => {
        socket.destroy();
        resolve(socket.remoteAddress);
      });
    });
    // On a connection of its own, whose address nobody has asked for before.
    const broken = once(get(`${app.url}/health/live`, { agent: false }), 'error');
    expect(await seen).toMatch(/127\.0\.0\.1$/);
    await broken;
  });
});
