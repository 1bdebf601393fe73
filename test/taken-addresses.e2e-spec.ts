import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_USER, LOGIN, REGISTER, UPDATE_PROFILE } from './support/documents.js';

const PASSWORD = 'First-password-1';
const LIMITS = { wrongSecretsPerAddress: 5, wrongSecretsPerUser: 8, wrongSecretMinutes: 10 };
const HERE = '192.0.2.1';
const ELSEWHERE = '198.51.100.1';
const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('E-mail addresses that others have', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start({ TRUST_PROXY: 'loopback' });
    await app.configure({ ...LIMITS, selfRegistration: true, registrationsPerHour: 1000 });
    for (const index of numbers(12)) await create(`u${index}`);
  });
  afterEach(() => app.stop());

  const accountOf = (username: string, email = `${username}@example.org`) => ({ username, password: PASSWORD, email });
  const create = (username: string) => app.ask(app.admin, CREATE_USER, { input: accountOf(username) });
  const askFrom = async (address: string, asker: Browser, query: string, input: object) => {
    const body = JSON.stringify({ query, variables: { input } });
    return (await app.post(asker, body, { 'x-forwarded-for': address })).code ?? 'done';
  };
  const register = (address: string, email: string, username = `new-${email.split('@')[0]}`) =>
    askFrom(address, new Browser(), REGISTER, accountOf(username, email));
  const rename = (address: string, browser: Browser, email: string) =>
    askFrom(address, browser, UPDATE_PROFILE, { email });

  it('are told to strangers at one address as often as wrong credentials, and no other address is barred', async () => {
    const codes = [];
    for (const index of numbers(7)) codes.push(await register(HERE, `u${index}@example.org`));
    expect(codes).toEqual([...Array<string>(5).fill('EMAIL_TAKEN'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await register(HERE, 'free@example.org')).toBe('RATE_LIMITED');
    expect(await register(ELSEWHERE, 'u6@example.org')).toBe('EMAIL_TAKEN');
    expect(await register(ELSEWHERE, 'free@example.org')).toBe('done');
    app.clock.advance(601);
    expect(await register(HERE, 'free-too@example.org')).toBe('done');
  });

  it('are told no more often to many registrations at once, and the same one counts once', async () => {
    const together = await Promise.all(numbers(6).map(() => register(HERE, 'u0@example.org', 'one')));
    expect(new Set(together)).toEqual(new Set(['EMAIL_TAKEN']));
    const codes = await Promise.all(numbers(6).map((index) => register(HERE, `u${index + 1}@example.org`)));
    expect(codes.filter((code) => code === 'EMAIL_TAKEN')).toHaveLength(4);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
  });

  it('are told to a person who changes a profile as often as wrong credentials, over all addresses', async () => {
    const lin = new Browser();
    await create('lin');
    expect(await askFrom(HERE, lin, LOGIN, { username: 'lin', password: PASSWORD })).toBe('done');
    const codes = [];
    for (const index of numbers(10)) {
      codes.push(await rename(`203.0.113.${index}`, lin, `u${index}@example.org`));
    }
    expect(codes).toEqual([...Array<string>(8).fill('EMAIL_TAKEN'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await askFrom(HERE, lin, UPDATE_PROFILE, { realName: 'Lin Marsh' })).toBe('done');
    expect(await askFrom(ELSEWHERE, new Browser(), LOGIN, { username: 'lin', password: PASSWORD })).toBe('done');
    app.clock.advance(601);
    expect(await rename(HERE, lin, 'marsh@example.org')).toBe('done');
  });

  it('are told to people at one address no more often, whoever they are', async () => {
    const codes = [];
    for (const index of numbers(6)) {
      const browser = new Browser();
      await askFrom(ELSEWHERE, browser, LOGIN, { username: `u${index}`, password: PASSWORD });
      codes.push(await rename(HERE, browser, `u${index + 6}@example.org`));
    }
    expect(codes).toEqual([...Array<string>(5).fill('EMAIL_TAKEN'), 'RATE_LIMITED']);
  });
});
