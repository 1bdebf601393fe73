import { describe, expect, it } from '@jest/globals';
import { RateLimited } from '../../common/errors/common.errors.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import { PasswordHasher } from './password-hasher.js';

const PASSWORD = new SecretText('First-password-1');
const WRONG = new SecretText('Wrong-password-1');

describe(PasswordHasher.name, () => {
  it('says whether a password fits, and of no hash that it does not', async () => {
    const hasher = new PasswordHasher();
    const hashed = await hasher.hash(PASSWORD, null);
    expect(await hasher.fits(PASSWORD, hashed, null)).toBe(true);
    expect(await hasher.fits(WRONG, hashed, null)).toBe(false);
    expect(await hasher.fits(PASSWORD, null, null)).toBe(false);
  });

  it('works for two at once and lets four of one address block wait, and others all the same', async () => {
    const hasher = new PasswordHasher();
    const hashed = await hasher.hash(PASSWORD, null);
    const outcomeAt = (address: string | null) =>
      hasher.fits(PASSWORD, hashed, address).catch((error: unknown) => {
        expect(error).toBeInstanceOf(RateLimited);
        return 'refused';
      });
    const block = Array.from({ length: 10 }, (_, index) => outcomeAt(`2001:db8:1:2::${index}`));
    const others = ['2001:db8:1:3::1', '192.0.2.1', null].map(outcomeAt);
    expect(await Promise.all(block)).toEqual([...Array<boolean>(6).fill(true), ...Array<string>(4).fill('refused')]);
    expect(await Promise.all(others)).toEqual([true, true, true]);
  });

  it('has a place for others where one who has a whole network fills the queue from very many blocks of it', async () => {
    const hasher = new PasswordHasher();
    const hashed = await hasher.hash(PASSWORD, null);
    const blocks = Array.from({ length: 100 }, (_, index) => `2001:db8:1:${index.toString(16)}::1`);
    const flood = blocks.map((address) => hasher.fits(WRONG, hashed, address).catch(() => 'refused'));
    const others = ['2001:db8:2::1', '192.0.2.1'].map((address) => hasher.fits(PASSWORD, hashed, address));
    expect(await Promise.all(others)).toEqual([true, true]);
    expect((await Promise.all(flood)).filter((outcome) => outcome === 'refused')).toHaveLength(50);
  });
});
