import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { callback, checks, SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/runtime/clock.js';
import { ProviderClient } from './provider-client.js';
import { ProviderError } from './provider.errors.js';

interface Case {
  readonly id: string;
  readonly answer?: object;
  readonly omit?: readonly string[];
  readonly idToken?: JWTPayload;
  /** What the refusal names; absent: the login succeeds. */
  readonly names?: string;
}

const CASES = new URL('../../../test/cases/token-answers.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(CASES, 'utf8')) as { cases: Case[] };

let provider: SmallProvider;
let client: ProviderClient;

let told: string[];

beforeEach(async () => {
  told = [];
  jest
    .spyOn(Logger.prototype, 'warn')
    .mockImplementation((fields) => void told.push((fields as { detail: string }).detail));
  provider = new SmallProvider();
  await provider.start();
  client = await ProviderClient.connect(provider.settings(), new Clock());
});

afterEach(async () => {
  jest.restoreAllMocks();
  await client.close();
  await provider.stop();
});

/** Logs in with a good answer in which some members differ; `undefined` takes a member away. */
async function login(answer: object, idToken: JWTPayload | string = {}) {
  const token = typeof idToken === 'string' ? idToken : await provider.idToken(idToken);
  const good = { access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token: token, refresh_token: 'rt' };
  provider.answers.set('/token', () => ({ body: { ...good, ...answer } }));
  return client.exchange(callback(), checks);
}

async function refused(answer: object, idToken: JWTPayload | string = {}): Promise<ProviderError> {
  const failure = await login(answer, idToken).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProviderError);
  return failure as ProviderError;
}

describe('a token answer', () => {
  it.each(cases)('of the cases is used, or refused by name: $id', async ({ answer, omit = [], idToken, names }) => {
    const without = Object.fromEntries(omit.map((name) => [name, undefined]));
    if (names !== undefined) {
      expect((await refused({ ...answer, ...without }, idToken)).message).toContain(names);
      return;
    }
    expect((await login({ ...answer, ...without }, idToken)).profile.subject).toBe('lin-1');
  });

  it.each<[object, object]>([
    [{ token_type: undefined }, {}],
    [{ token_type: null }, {}],
    [{ token_type: 'bearer' }, {}],
    [{ token_type: 'BEARER' }, {}],
    [{ refresh_token: null }, { refreshToken: null }],
    [{ refresh_token: '' }, { refreshToken: null }],
    [{ refresh_token: undefined }, { refreshToken: null }],
    [{ scope: null }, {}],
    [{ scope: ['openid', 'offline_access'] }, { isOffline: true }],
    [{ scope: 'openid offline_access' }, { isOffline: true }],
    [{ scope: 'openid' }, { isOffline: false }],
    [{ scope: [] }, { isOffline: false }],
    [{ scope: { openid: true } }, {}],
    [{ scope: 17 }, {}],
    [{ expires_in: '300' }, {}],
    [{ expires_in: null }, {}],
    [{ expires_in: 'soon' }, {}],
    [{ expires_in: -1 }, {}],
    [{ expires_in: 299.5 }, {}],
    [{ expires_in: {} }, {}],
    [{ error: null }, {}],
    [{ error: '' }, {}],
    [{ session_state: { deep: [1] }, not_before_policy: 0 }, {}],
  ])('with %j is used', async (answer, tokens) => {
    expect((await login(answer)).tokens).toMatchObject({ accessToken: 'at', ...tokens });
  });

  it('that differs from the standard is told to the log, once for each member and form', async () => {
    for (let time = 0; time < 2; time++) await login({ token_type: null, scope: ['openid'], refresh_token: '' });
    expect(told).toEqual(['token_type is null', 'refresh_token is empty', 'scope is a list']);
    await login({ token_type: undefined });
    expect(told.slice(3)).toEqual(['token_type is missing']);
  });

  it.each<[object, string]>([
    [{ access_token: undefined }, '`access_token` is missing'],
    [{ access_token: null }, '`access_token` is missing'],
    [{ access_token: '' }, '`access_token` is empty.'],
    [{ access_token: 17 }, '`access_token` is a number'],
    [{ access_token: { value: 'private' } }, '`access_token` is an object'],
    [{ id_token: undefined }, '`id_token` is missing'],
    [{ id_token: null }, '`id_token` is missing'],
    [{ id_token: ['private'] }, '`id_token` is a list'],
    [{ id_token: true }, '`id_token` is true or false'],
    [{ id_token: 'private' }, '`id_token` is not a signed token'],
    [{ id_token: 'a.b.c' }, '`id_token` is not a signed token'],
    [{ id_token: '..' }, '`id_token` is not a signed token'],
    [{ id_token: 'a.b.c.d.e' }, '`id_token` is encrypted'],
    [{ refresh_token: 17 }, '`refresh_token` is a number'],
    [{ token_type: 'mac' }, '`token_type` is not Bearer'],
    [{ token_type: 17 }, '`token_type` is a number'],
    [{ error: 'access_denied' }, 'refused the login'],
  ])('with %j is refused by name: %s', async (answer, named) => {
    const failure = await refused(answer);
    expect(failure.message).toContain(named);
    expect(`${failure.message} ${failure.detail}`).not.toMatch(/private|eyJ|lin/);
  });

  it.each([
    ['[]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['<html>private</html>', 'it is not a JSON object'],
    ['', 'it is not a JSON object'],
  ])('that is %j is refused', async (body, named) => {
    provider.answers.set('/token', () => ({ body }));
    await expect(client.exchange(callback(), checks)).rejects.toThrow(named);
  });
});

/** Who a good answer is about. */
const GOOD = { subject: 'lin-1', groups: ['crew'] };
const JSON_VALUE = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));

async function isRightOrNamed(answer: object, claims: object, member: string): Promise<void> {
  const result = await login(answer, claims as JWTPayload).catch((error: unknown) => error);
  if (result instanceof ProviderError) {
    expect(`${result.message} ${result.detail}`).toMatch(new RegExp(`\\b${member}\\b`));
    return;
  }
  const { profile } = result as Awaited<ReturnType<typeof login>>;
  const { subject, groups } = profile;
  expect({ subject, groups }).toEqual({ subject: GOOD.subject, groups: member === 'groups' ? groups : GOOD.groups });
}

describe('an answer that is bent in one member', () => {
  it('logs in with the right identity, or is refused with a text that names the member', async () => {
    const members = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'id_token'];
    const bent = fc.asyncProperty(fc.constantFrom(...members), JSON_VALUE, (member, value) =>
      isRightOrNamed({ [member]: value }, {}, member),
    );
    await fc.assert(bent, { numRuns: 150 });
  });

  it('also in a claim of the ID token', async () => {
    const names = ['iss', 'aud', 'azp', 'exp', 'iat', 'nbf', 'nonce', 'auth_time', 'sid', 'name', 'email'];
    const bent = fc.asyncProperty(fc.constantFrom(...names), JSON_VALUE, (claim, value) =>
      isRightOrNamed({}, { [claim]: value }, claim),
    );
    await fc.assert(bent, { numRuns: 200 });
  });
});

describe('an ID token', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ iss: undefined }, '`iss` is missing'],
    [{ iss: 17 }, '`iss` is a number, not a text'],
    [{ iss: 'https://private.example' }, '`iss` is not the configured issuer'],
    [{ sub: undefined }, '`sub` is missing'],
    [{ sub: 10023 }, '`sub` is a number, not a text'],
    [{ sub: ['private'] }, '`sub` is a list, not a text'],
    [{ sub: '' }, '`sub` is empty'],
    [{ aud: undefined }, '`aud` is missing'],
    [{ aud: 17 }, '`aud` is a number, not a text'],
    [{ aud: 'private' }, '`aud` is not for our client id'],
    [{ aud: [] }, '`aud` is not for our client id'],
    [{ aud: ['mooring', 'private'] }, '`aud` is not for our client id'],
    [{ aud: ['mooring', 'private'], azp: 'private' }, '`azp` is not our client id'],
    [{ exp: undefined }, '`exp` is missing'],
    [{ exp: 'private' }, '`exp` is a text of 7 characters, not a number'],
    [{ iat: undefined }, '`iat` is missing'],
    [{ iat: 'private' }, '`iat` is a text of 7 characters, not a number'],
    [{ nonce: undefined }, '`nonce` is missing'],
    [{ nonce: 'private' }, '`nonce` is not the one of this login'],
    [{ nonce: 17 }, '`nonce` is a number, not a text'],
    [{ nbf: 'private' }, '`nbf` is a text of 7 characters, not a number'],
    [{ exp: 1 }, 'is not valid at this time'],
  ])('with %j is refused by name: %s', async (claims, named) => {
    const failure = await refused({}, claims);
    expect(failure.message).toContain(named);
    expect(`${failure.message} ${failure.detail}`).not.toMatch(/private|eyJ|lin-1/);
  });

  it.each([1e12, 1e300, Number.MAX_SAFE_INTEGER])('that never expires (%d) counts to the year 9999', async (exp) => {
    expect((await login({}, { exp })).tokens.expiresAt).toEqual(new Date('9999-12-31T23:59:59Z'));
    const refreshed = { idToken: null, accessToken: 'a', refreshToken: null, expiresIn: exp };
    const { expiresAt } = await client.verifyRefreshed(refreshed, await provider.idToken());
    expect(Number(expiresAt)).toBeGreaterThan(Date.now());
  });

  it('of an algorithm that is not accepted is refused with the algorithm and what to do', async () => {
    const shared = new TextEncoder().encode('s-e_c.r~e t!'.padEnd(32));
    const bySecret = await new SignJWT(provider.claims()).setProtectedHeader({ alg: 'HS256' }).sign(shared);
    const { message } = await refused({}, bySecret);
    expect(message).toContain('by HS256');
    expect(message).toContain('choose a signing key');
    expect((await refused({}, new UnsecuredJWT(provider.claims()).encode())).message).toContain('by none');
  });

  it('by another key is refused by name', async () => {
    const token = await provider.idToken();
    await provider.rotate('first');
    expect((await refused({}, token)).message).toContain("`signature` is not by the provider's key");
    provider.kid = 'unknown';
    provider.answers.set('/keys', () => ({ body: { keys: [] } }));
    expect((await refused({})).message).toContain('`kid` names a key');
  });
});
