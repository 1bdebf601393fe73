import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SigningPair } from '../../../test/support/hostile-provider.js';
import { Clock } from '../../common/runtime/clock.js';
import { ProviderError } from './provider.errors.js';
import { SigningKeys } from './signing-keys.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const PAUSE_MS = 5_000;
const expected = { issuer: 'https://id.example', audience: 'mooring', at: NOW, claims: ['sub'] };
const claims = { iss: 'https://id.example', aud: 'mooring', sub: 'lin', exp: NOW.getTime() / 1000 + 300 };

describe(SigningKeys, () => {
  let pairs: Record<'one' | 'two' | 'three', SigningPair>;
  let published: unknown[];
  let fetches: number;
  let keys: SigningKeys;

  beforeEach(async () => {
    const [one, two, three] = await Promise.all(['1', '2', '3'].map((kid) => SigningPair.make(kid, 'ES256')));
    pairs = { one: one!, two: two!, three: three! };
    published = [pairs.one.publicJwk];
    fetches = 0;
    jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const fetch = () => {
      fetches++;
      return Promise.resolve(Response.json({ keys: published }));
    };
    const metadata = { jwks_uri: 'https://id.example/keys', id_token_signing_alg_values_supported: ['ES256', 'HS256'] };
    keys = new SigningKeys(metadata, { fetch }, new Clock());
  });
  afterEach(() => void jest.useRealTimers());

  const verify = async (token: string | Promise<string>, mayWait = true) =>
    (await keys.claimsOf(await token, { ...expected, mayWait })).sub;
  const without = ({ publicJwk: { kid: _kid, ...jwk } }: SigningPair) => jwk;
  /** Uses up the fetch for an unknown key that is always allowed. */
  const beginPause = async () => {
    await expect(verify(pairs.three.sign(claims))).rejects.toThrow();
    expect(fetches).toBe(2);
  };
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
  };

  it('fetches again for a key that it does not know, at once', async () => {
    expect(await verify(pairs.one.sign(claims))).toBe('lin');
    published = [pairs.two.publicJwk];
    expect(await verify(pairs.two.sign(claims), false)).toBe('lin');
    expect(fetches).toBe(2);
  });

  it('lets tokens of unknown keys wait for the end of the pause, all for one fetch', async () => {
    await beginPause();
    published.push(pairs.two.publicJwk);
    const token = await pairs.two.sign(claims);
    const waiting = Promise.all([verify(token), verify(token), verify(token)]);
    await settled();
    jest.advanceTimersByTime(PAUSE_MS - 1);
    await settled();
    expect(fetches).toBe(2);
    jest.advanceTimersByTime(1);
    expect(await waiting).toEqual(['lin', 'lin', 'lin']);
    expect(fetches).toBe(3);
  });

  it('refuses after that one fetch if it does not bring the key', async () => {
    await beginPause();
    const refused = expect(verify(pairs.two.sign(claims))).rejects.toThrow('no applicable key');
    await settled();
    jest.advanceTimersByTime(PAUSE_MS);
    await refused;
    expect(fetches).toBe(3);
  });

  it('lets no token of a stranger wait', async () => {
    await beginPause();
    published.push(pairs.two.publicJwk);
    await expect(verify(pairs.two.sign(claims), false)).rejects.toThrow('no applicable key');
    expect(fetches).toBe(2);
  });

  it('shares a fetch that is under way', async () => {
    expect(await verify(pairs.one.sign(claims))).toBe('lin');
    published = [pairs.two.publicJwk];
    const token = await pairs.two.sign(claims);
    const all = Array.from({ length: 40 }, () => verify(token));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['lin']));
    expect(fetches).toBe(2);
  });

  it('takes the only key without an id for a token with one, beside others that have one', async () => {
    published = [without(pairs.two), pairs.one.publicJwk];
    expect(await verify(pairs.two.sign(claims))).toBe('lin');
    expect(await verify(pairs.one.sign(claims))).toBe('lin');
    await expect(verify(pairs.two.sign(claims, { kid: undefined }))).rejects.toThrow('multiple matching keys');
  });

  it.each([
    ['null', null],
    ['absent', undefined],
  ])('fetches again when the only key, whose id is %s, was replaced', async (_what, kid) => {
    published = [{ ...without(pairs.one), kid }];
    expect(await verify(pairs.one.sign(claims))).toBe('lin');
    published = [{ ...without(pairs.two), kid }];
    expect(await verify(pairs.two.sign(claims))).toBe('lin');
    expect(fetches).toBe(2);
  });

  it('fetches again when the only key was replaced, for a token without an id', async () => {
    expect(await verify(pairs.one.sign(claims, { kid: undefined }))).toBe('lin');
    published = [pairs.two.publicJwk];
    expect(await verify(pairs.two.sign(claims, { kid: undefined }))).toBe('lin');
  });

  it('refuses a token with an id where several keys have none', async () => {
    published = [without(pairs.one), without(pairs.two)];
    await expect(verify(pairs.two.sign(claims), false)).rejects.toThrow();
  });

  it('tries all keys of one id, up to eight, and no other', async () => {
    const others = (count: number) => Array.from({ length: count }, () => ({ ...pairs.three.publicJwk, kid: '2' }));
    published = [...others(7), pairs.two.publicJwk];
    expect(await verify(pairs.two.sign(claims))).toBe('lin');
    await expect(verify(pairs.one.sign(claims, { kid: '2' }))).rejects.toThrow('signature');
    await expect(verify(pairs.two.sign({ ...claims, aud: 'other' }))).rejects.toThrow('"aud"');
    expect(fetches).toBe(1);
  });

  it('asks for no key again when a known key has not signed', async () => {
    await expect(verify(pairs.two.sign(claims, { kid: '1' }))).rejects.toThrow('signature');
    expect(fetches).toBe(1);
  });

  it.each(['RS256', 'ES384', 'PS512', 'EdDSA'])('names the algorithm %s if it is not published', async (algorithm) => {
    const other = await SigningPair.make('1', algorithm);
    published = [other.publicJwk];
    const refused = verify(other.sign(claims));
    await expect(refused).rejects.toThrow(ProviderError);
    await expect(refused).rejects.toThrow(`by ${algorithm}, which`);
    expect(fetches).toBe(0);
  });
});
