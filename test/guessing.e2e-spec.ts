import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditService } from '../src/audit/audit.service.js';
import { generatedSecret } from '../src/cli-secrets/cli-secret-text.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  AUDIT,
  CHANGE_PASSWORD,
  CREATE_TOKEN,
  CREATE_USER,
  LOGIN,
  LOGIN_OPTIONS,
  ME,
  SET_SECRET,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { basic, getToken, postToken } from './support/registry-client.js';

const CHOSEN = 'Correct-horse-7';
const PASSWORD = 'Local-password-1';
const VERIFY_FROM = `query Verify($username: String!, $secret: Secret!, $address: String) {
  verifyCliSecret(username: $username, secret: $secret, clientAddress: $address) { valid status message }
}`;
const LIMITS = { wrongSecretsPerAddress: 5, wrongSecretsPerUser: 8, wrongSecretMinutes: 10 };
const WINDOW_SECONDS = 600;
const HERE = '192.0.2.1';
const ELSEWHERE = '198.51.100.1';
const many = Array.from({ length: 12 }, (_, index) => index);
const brokenSecret = () => `${generatedSecret().reveal().slice(0, -1)}!`;

describe('Guessing', () => {
  describe('CLI secrets', () => {
    let scenario: OidcScenario;
    let lin: Browser;
    beforeEach(async () => {
      scenario = await OidcScenario.open({ idTokenSeconds: 3600 });
      await scenario.configure(LIMITS);
      lin = await scenario.onboarded('lin');
    });
    afterEach(() => scenario.close());

    const verify = async (secret: string, address: string | null, username = 'lin', app = scenario.app) => {
      const asker = { bearer: scenario.verifierToken };
      const { data } = await app.ask(asker, VERIFY_FROM, { username, secret, address });
      return data.verifyCliSecret as { status: string; message: string };
    };
    const statusOf = async (...args: Parameters<typeof verify>) => (await verify(...args)).status;
    const guess = async (times: number, address: string | null, username = 'lin') => {
      const statuses = [];
      for (let time = 0; time < times; time++) {
        statuses.push(await statusOf(`guess-${address}-${username}-${time}`, address, username));
      }
      return statuses;
    };
    const choose = (browser = lin) => scenario.app.ask(browser, SET_SECRET, { input: { secret: CHOSEN } });

    it('is turned away at the address it comes from, whoever is aimed at, until its time is over', async () => {
      await choose();
      expect(await guess(4, HERE)).toEqual(Array(4).fill('MISMATCH'));
      expect(await guess(2, HERE, 'nobody')).toEqual(['MISMATCH', 'RATE_LIMITED']);
      const { status, message } = await verify(CHOSEN, HERE);
      expect(status).toBe('RATE_LIMITED');
      expect(message).toMatch(/^Too many wrong .* Try again in (59\d|600) seconds\.$/);
      expect(await statusOf(CHOSEN, ELSEWHERE)).toBe('VALID');
      scenario.app.clock.advance(WINDOW_SECONDS + 1);
      expect(await statusOf(CHOSEN, HERE)).toBe('VALID');
    });

    it('is limited for one user over all addresses, and a user who does not exist is answered alike', async () => {
      await choose();
      const askedFrom = async (username: string) => {
        const statuses = [];
        for (const index of many) statuses.push(await statusOf(`guess-${index}`, `203.0.113.${index}`, username));
        return statuses;
      };
      const answers = await askedFrom('lin');
      expect(answers).toEqual([...Array(8).fill('MISMATCH'), ...Array(4).fill('RATE_LIMITED')]);
      expect(await askedFrom('nobody')).toEqual(answers);
      expect(await statusOf(CHOSEN, ELSEWHERE)).toBe('RATE_LIMITED');
    });

    it('does not lock its owner out where the owner lately was, by a chosen secret', async () => {
      await choose();
      expect(await statusOf(CHOSEN, HERE)).toBe('VALID');
      for (const index of many) await statusOf(`guess-${index}`, `203.0.113.${index}`);
      expect(await statusOf(CHOSEN, '203.0.113.99')).toBe('RATE_LIMITED');
      expect(await statusOf(CHOSEN, HERE)).toBe('VALID');
    });

    it('does not lock anybody out who shares the address and lately was there', async () => {
      await choose();
      expect(await statusOf(CHOSEN, HERE)).toBe('VALID');
      await guess(6, HERE, 'sam');
      expect(await statusOf(CHOSEN, HERE)).toBe('VALID');
      expect(await statusOf('one-wrong-Secret-1', HERE)).toBe('RATE_LIMITED');
      const guesses = await guess(12, HERE);
      expect(new Set(guesses)).toEqual(new Set(['RATE_LIMITED']));
      expect(await statusOf(CHOSEN, HERE)).toBe('RATE_LIMITED');
    });

    it('never bars the right generated secret, from whatever address', async () => {
      const secret = await scenario.secretOf(lin);
      await guess(12, HERE);
      for (const index of many) await statusOf(`guess-${index}`, `203.0.113.${index}`);
      expect(await statusOf(secret, HERE)).toBe('VALID');
      expect(await statusOf(secret, ELSEWHERE)).toBe('VALID');
      expect(await statusOf(generatedSecret().reveal(), HERE)).toBe('RATE_LIMITED');
    });

    it('counts the same wrong secret once, however often and however many at once', async () => {
      await choose();
      const six = await Promise.all(many.slice(0, 6).map(() => statusOf('Old-secret-1', HERE)));
      expect(new Set(six)).toEqual(new Set(['MISMATCH']));
      for (const _time of many) expect(await statusOf('Old-secret-1', HERE)).toBe('MISMATCH');
      expect(await statusOf(CHOSEN, HERE)).toBe('VALID');
    });

    it('is let no further by many at once, in as many fields of one request', async () => {
      const fields = many.map(
        (index) =>
          `f${index}: verifyCliSecret(username: "lin", secret: $s${index}, clientAddress: "${HERE}") { status }`,
      );
      const document = `query(${many.map((index) => `$s${index}: Secret!`).join(', ')}) { ${fields.join(' ')} }`;
      const secrets = Object.fromEntries(many.map((index) => [`s${index}`, `guess-${index}`]));
      const { data } = await scenario.app.ask({ bearer: scenario.verifierToken }, document, secrets);
      const statuses = Object.values(data as Record<string, { status: string }>).map(({ status }) => status);
      expect(statuses.filter((status) => status === 'MISMATCH')).toHaveLength(5);
      expect(statuses.filter((status) => status === 'RATE_LIMITED')).toHaveLength(7);
    });

    it('takes the addresses of one IPv6 customer for one', async () => {
      for (const index of many.slice(0, 5)) await statusOf(`guess-${index}`, `2001:db8:1:2::${index + 1}`);
      expect(await statusOf('guess-6', '2001:db8:1:2:ffff::1')).toBe('RATE_LIMITED');
      expect(await statusOf('guess-7', '2001:db8:1:3::1')).toBe('MISMATCH');
    });

    it('counts nothing against a registry backend that does not say where its clients are, and all the same for a user', async () => {
      await choose();
      const backendGuesses = [];
      for (const index of many) backendGuesses.push(await statusOf(`guess-${index}`, null, `somebody-${index}`));
      expect(new Set(backendGuesses)).toEqual(new Set(['MISMATCH']));
      expect((await guess(9, null)).at(-1)).toBe('RATE_LIMITED');
    });

    it('holds over replicas: what was guessed at one is counted at the other', async () => {
      const { environment, adminPassword, url } = scenario.app;
      const other = await TestApp.start({
        DATA_DIR: environment.dataDir,
        ADMIN_PASSWORD: adminPassword,
        PUBLIC_URL: url,
      });
      await choose();
      await guess(3, HERE);
      const elsewhere = [];
      for (const index of many.slice(0, 3)) elsewhere.push(await statusOf(`more-${index}`, HERE, 'lin', other));
      expect(elsewhere).toEqual(['MISMATCH', 'MISMATCH', 'RATE_LIMITED']);
      expect(await statusOf('still-more', HERE)).toBe('RATE_LIMITED');
      await other.stop({ keepData: true });
    });

    it('costs no read of a user where the check characters are wrong, and is counted nowhere', async () => {
      for (const _time of many) expect(await statusOf(brokenSecret(), HERE)).toBe('MISMATCH');
      expect(await guess(1, HERE)).toEqual(['MISMATCH']);
    });

    it('at the token service gets 429, Retry-After and a text that docker prints; POST and GET count once', async () => {
      const { app } = scenario;
      await choose();
      const service = { service: 'registry' };
      for (const index of many.slice(0, 4)) {
        const password = `guess-${index}`;
        const form = { ...service, grant_type: 'password', username: 'lin', password };
        expect((await postToken(app.url, form)).status).toBe(401);
        expect((await getToken(app.url, service, basic('lin', password))).status).toBe(401);
      }
      expect((await getToken(app.url, service, basic('lin', 'guess-5'))).status).toBe(401);
      const { status, headers, body, message } = await getToken(app.url, service, basic('lin', CHOSEN));
      expect([status, body.errors[0].code]).toEqual([429, 'TOOMANYREQUESTS']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(WINDOW_SECONDS - 60);
      expect(message).toMatch(/^Too many .* Try again in \d+ seconds\.$/);
    });

    it('is in the audit log in sums, and in the metrics', async () => {
      const { app } = scenario;
      await guess(12, HERE);
      await app.nest.get(AuditService).beforeApplicationShutdown();
      const { data } = await app.ask(app.admin, AUDIT, { filter: { action: 'cli_secret.verify' } });
      const events = data.auditEvents.edges.map(
        ({ node }: { node: { reason: string; count: number; remoteAddress: string } }) => [
          node.reason,
          node.remoteAddress,
          node.count,
        ],
      );
      const total = (reason: string) =>
        events
          .filter(([why]: [string]) => why === reason)
          .reduce((sum: number, [, , count]: [string, string, number]) => sum + count, 0);
      expect([total('MISMATCH'), total('RATE_LIMITED')]).toEqual([5, 7]);
      expect(events.length).toBeLessThanOrEqual(4);
      const { data: made } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'metrics', role: 'METRICS' } });
      const headers = { authorization: `Bearer ${made.createServiceToken.token}` };
      const text = await (await fetch(`${app.url}/metrics`, { headers })).text();
      expect(text).toContain('mooring_throttled_total{budget="address"} 7');
      expect(text).toContain('mooring_verifications_total{status="RATE_LIMITED"} 7');
    });
  });

  describe('passwords', () => {
    let app: TestApp;
    beforeEach(async () => {
      app = await TestApp.start({ TRUST_PROXY: 'loopback' });
      await app.configure(LIMITS);
      const input = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };
      await app.ask(app.admin, CREATE_USER, { input });
    });
    afterEach(() => app.stop());

    const loginFrom = (address: string, password: string, username = 'lin', browser = new Browser()) =>
      app.post(browser, JSON.stringify({ query: LOGIN, variables: { input: { username, password } } }), {
        'x-forwarded-for': address,
      });
    const codes = async (times: number, address: string, username = 'lin') => {
      const answers = [];
      for (let time = 0; time < times; time++) {
        answers.push((await loginFrom(address, `guess-${address}-${time}`, username)).code);
      }
      return answers;
    };

    it('is turned away with 429 and Retry-After, and others log in meanwhile', async () => {
      expect(await codes(5, HERE)).toEqual(Array(5).fill('INVALID_CREDENTIALS'));
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': HERE },
        body: JSON.stringify({ query: LOGIN, variables: { input: { username: 'lin', password: PASSWORD } } }),
      });
      const { errors } = JSON.parse(await response.text());
      const { code, retryAfterSeconds } = errors[0].extensions;
      expect([response.status, code]).toEqual([429, 'RATE_LIMITED']);
      expect(response.headers.get('retry-after')).toBe(String(retryAfterSeconds));
      expect((await loginFrom(ELSEWHERE, PASSWORD)).code).toBeUndefined();
    });

    it('does not lock the administrator out of where he lately logged in, by Basic and by form alike', async () => {
      const admin = (address: string, password: string) =>
        app.post({ basic: Buffer.from(`admin:${password}`).toString('base64') }, JSON.stringify({ query: ME }), {
          'x-forwarded-for': address,
        });
      expect((await admin(HERE, app.adminPassword)).data.me.username).toBe('admin');
      for (const index of many) await admin(`203.0.113.${index}`, `guess-${index}`);
      expect((await admin(ELSEWHERE, app.adminPassword)).code).toBe('RATE_LIMITED');
      expect((await loginFrom(ELSEWHERE, app.adminPassword, 'admin')).code).toBe('RATE_LIMITED');
      expect((await admin(HERE, app.adminPassword)).data.me.username).toBe('admin');
      expect((await loginFrom(HERE, app.adminPassword, 'admin')).code).toBeUndefined();
    });

    it('of a session that was taken over is limited at the change of the password too', async () => {
      const lin = new Browser();
      await loginFrom(HERE, PASSWORD, 'lin', lin);
      const change = async (currentPassword: string) => {
        const input = { currentPassword, newPassword: 'Another-password-2' };
        const body = JSON.stringify({ query: CHANGE_PASSWORD, variables: { input } });
        return (await app.post(lin, body, { 'x-forwarded-for': ELSEWHERE })).code;
      };
      for (const index of many.slice(0, 5)) expect(await change(`guess-${index}`)).toBe('INVALID_CREDENTIALS');
      expect(await change(PASSWORD)).toBe('RATE_LIMITED');
    });

    it('is turned away for wrong service tokens, while the right one counts', async () => {
      const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'backend', role: 'ADMIN' } });
      const { token } = data.createServiceToken;
      const asked = async (bearer: string) =>
        (await app.post({ bearer }, JSON.stringify({ query: LOGIN_OPTIONS }), { 'x-forwarded-for': HERE })).code;
      for (const index of many.slice(0, 5)) expect(await asked(`mrgs_wrong${index}`)).toBe('INVALID_CREDENTIALS');
      expect(await asked('mrgs_wrong')).toBe('RATE_LIMITED');
      expect(await asked(token)).toBeUndefined();
    });
  });

  it('believes no header about the address without TRUST_PROXY', async () => {
    const app = await TestApp.start();
    await app.configure(LIMITS);
    const codes = [];
    for (const index of many.slice(0, 6)) {
      const variables = { input: { username: 'nobody', password: `guess-${index}` } };
      const headers = { 'x-forwarded-for': `203.0.113.${index}`, forwarded: `for=203.0.113.${index}` };
      codes.push((await app.post(undefined, JSON.stringify({ query: LOGIN, variables }), headers)).code);
    }
    expect(codes).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED']);
    await app.stop();
  });

  it('takes the address from the proxies that stand in front, where TRUST_PROXY says how many', async () => {
    const app = await TestApp.start({ TRUST_PROXY: '1' });
    await app.configure(LIMITS);
    const codes = [];
    for (const index of many.slice(0, 6)) {
      const variables = { input: { username: 'nobody', password: `guess-${index}` } };
      // What the client itself claims stands before what the proxy adds.
      const headers = { 'x-forwarded-for': `203.0.113.${index}, ${HERE}` };
      codes.push((await app.post(undefined, JSON.stringify({ query: LOGIN, variables }), headers)).code);
    }
    expect(codes).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED']);
    await app.stop();
  });
});
