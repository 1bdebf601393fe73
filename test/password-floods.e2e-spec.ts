import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { RateLimited } from '../src/common/errors/common.errors.js';
import { Installation } from '../src/settings/installation.js';
import { PasswordHasher } from '../src/users/passwords/password-hasher.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_USER, LOGIN, RESET_PASSWORD, SET_DISABLED } from './support/documents.js';

const PASSWORD = 'First-password-1';
const NEXT = 'Second-password-2';
const HERE = '192.0.2.1';
const ELSEWHERE = '198.51.100.1';
const CONNECTIONS = 70;
const EACH = 3;
const RIGHT_LOGINS = 90;
const LIMITS = { wrongSecretsPerAddress: 1000, wrongSecretsPerUser: 1000 };
const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('Passwords', () => {
  let app: TestApp;
  let linId: string;
  beforeEach(async () => {
    app = await TestApp.start({ TRUST_PROXY: 'loopback', LOG_LEVEL: 'warn' });
    linId = await created('lin');
  });
  afterEach(() => app.stop());

  const created = async (username: string, password = PASSWORD) => {
    const input = { username, password, email: `${username}@example.org` };
    return (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user.id as string;
  };
  const login = async (address: string, username: string, password: string, at = app) => {
    const body = JSON.stringify({ query: LOGIN, variables: { input: { username, password } } });
    return (await at.post(new Browser(), body, { 'x-forwarded-for': address })).code ?? 'logged in';
  };
  const hashesOf = async (work: () => Promise<unknown>) => {
    const fits = jest.spyOn(app.nest.get(PasswordHasher, { strict: false }), 'fits');
    await work();
    const { length } = fits.mock.calls;
    fits.mockRestore();
    return length;
  };
  /** Many connections from one address send passwords, each some, while others do something. */
  const flooded = async (passwordOf: (index: number) => string, work: () => Promise<unknown>) => {
    let sent = 0;
    const send = async () => {
      for (const _time of numbers(EACH)) await login(HERE, 'admin', passwordOf(sent++));
    };
    await Promise.all([...numbers(CONNECTIONS).map(send), work()]);
  };

  it(`let ${RIGHT_LOGINS} right ones in beside ${CONNECTIONS} connections that repeat one wrong password`, async () => {
    const answers: string[] = [];
    await flooded(
      () => 'Wrong-password-1',
      async () => {
        const right = numbers(RIGHT_LOGINS).map(() => login(ELSEWHERE, 'admin', app.adminPassword));
        answers.push(...(await Promise.all(right)));
      },
    );
    expect(answers).toEqual(Array(RIGHT_LOGINS).fill('logged in'));
  });

  it('let others in beside one address that sends ever new wrong ones', async () => {
    await app.configure(LIMITS);
    const names = numbers(3).map((index) => `u${index}`);
    for (const name of names) await created(name, `${PASSWORD}-${name}`);
    const answers: string[] = [];
    await flooded(
      (index) => `Wrong-password-${index}`,
      async () => {
        for (const name of names) answers.push(await login(ELSEWHERE, name, `${PASSWORD}-${name}`));
      },
    );
    expect(answers).toEqual(names.map(() => 'logged in'));
  });

  it.each(['lin', 'nobody', 'ada, who is disabled'])('that are wrong are hashed once, for %s', async (name) => {
    const username = name.split(',')[0] ?? '';
    if (username === 'ada') await disabledAda();
    const right = username === 'ada' ? PASSWORD : 'Wrong-password-1';
    const hashes = await hashesOf(async () => {
      const together = await Promise.all(numbers(20).map((index) => login(`203.0.113.${index}`, username, right)));
      expect(new Set(together)).toEqual(new Set(['INVALID_CREDENTIALS']));
      for (const _time of numbers(5)) expect(await login(HERE, username, right)).toBe('INVALID_CREDENTIALS');
    });
    expect(hashes).toBe(1);
    expect(await hashesOf(() => login(HERE, username, 'Another-wrong-1'))).toBe(1);
  });

  const disabledAda = async () => {
    const userId = await created('ada');
    await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
    return userId;
  };

  it('that were wrong are right at once when they become so, at every replica', async () => {
    const { environment, url } = app;
    const other = await TestApp.start({ DATA_DIR: environment.dataDir, PUBLIC_URL: url, TRUST_PROXY: 'loopback' });
    for (const at of [app, other]) expect(await login(HERE, 'lin', NEXT, at)).toBe('INVALID_CREDENTIALS');
    await app.ask(app.admin, RESET_PASSWORD, { input: { userId: linId, newPassword: NEXT } });
    for (const at of [app, other]) {
      expect(await login(HERE, 'lin', NEXT, at)).toBe('logged in');
      expect(await login(HERE, 'lin', PASSWORD, at)).toBe('INVALID_CREDENTIALS');
    }
    await other.stop({ keepData: true });
  });

  it('of a name that nobody had, or of somebody disabled, count at once when somebody has it again', async () => {
    expect(await login(HERE, 'sam', PASSWORD)).toBe('INVALID_CREDENTIALS');
    await created('sam');
    expect(await login(HERE, 'sam', PASSWORD)).toBe('logged in');
    const userId = await disabledAda();
    expect(await login(HERE, 'ada', PASSWORD)).toBe('INVALID_CREDENTIALS');
    await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: false } });
    expect(await login(HERE, 'ada', PASSWORD)).toBe('logged in');
  });

  it('that fit are taken for a minute without a hash, and no longer', async () => {
    const once = () => hashesOf(async () => expect(await login(HERE, 'lin', PASSWORD)).toBe('logged in'));
    expect([await once(), await once()]).toEqual([1, 0]);
    app.clock.advance(61);
    expect(await once()).toBe(1);
  });

  it('that fit are not taken any longer once their owner is disabled or gets another one', async () => {
    expect(await login(HERE, 'lin', PASSWORD)).toBe('logged in');
    await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: true } });
    expect(await login(HERE, 'lin', PASSWORD)).toBe('INVALID_CREDENTIALS');
    await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: false } });
    expect(await login(HERE, 'lin', PASSWORD)).toBe('logged in');
    await app.ask(app.admin, RESET_PASSWORD, { input: { userId: linId, newPassword: NEXT } });
    expect(await login(HERE, 'lin', PASSWORD)).toBe('INVALID_CREDENTIALS');
  });

  it('share a result and no refusal: who waits for one that is turned away asks for a place of their own', async () => {
    const hasher = app.nest.get(PasswordHasher, { strict: false });
    let turnAway: () => void = () => undefined;
    const fits = jest
      .spyOn(hasher, 'fits')
      .mockImplementationOnce(() => new Promise((_resolve, reject) => (turnAway = () => reject(new RateLimited(1)))));
    const digest = jest.spyOn(app.nest.get(Installation, { strict: false }), 'digest');
    const asked = async (times: number) => {
      while (digest.mock.calls.filter(([purpose]) => purpose === 'password').length < times) await yieldToEventLoop();
    };
    const first = login(HERE, 'lin', PASSWORD);
    await asked(1);
    const second = login(ELSEWHERE, 'lin', PASSWORD);
    await asked(2);
    digest.mockRestore();
    turnAway();
    expect([await first, await second]).toEqual(['RATE_LIMITED', 'logged in']);
    fits.mockRestore();
  });
});
