import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RateLimited } from '../src/common/errors/common.errors.js';
import { SecretText } from '../src/common/crypto/secret-text.js';
import { Installation } from '../src/settings/installation.js';
import { PasswordCheck } from '../src/users/passwords/password-check.service.js';
import { PasswordHasher } from '../src/users/passwords/password-hasher.js';
import { TestApp } from './support/app.js';

const MANY = 200;

describe('Of many who share the hash of one password', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.stop();
  });

  it('each asks for a place once where the one that they waited for lost its own', async () => {
    const hasher = app.nest.get(PasswordHasher, { strict: false });
    const lose: (() => void)[] = [];
    const places = jest.spyOn(hasher, 'fits').mockRejectedValue(new RateLimited(1));
    places.mockImplementationOnce(
      () => new Promise((_begin, turnAway) => lose.push(() => turnAway(new RateLimited(1)))),
    );
    const digests = jest.spyOn(app.nest.get(Installation), 'digest');
    const passwords = app.nest.get(PasswordCheck, { strict: false });
    const presented = { username: 'nobody', password: new SecretText('wrong'), address: '192.0.2.1' };
    const answers = Promise.allSettled(Array.from({ length: MANY }, () => passwords.check(null, presented)));
    lose[0]?.();
    expect(new Set((await answers).map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect([places.mock.calls.length, digests.mock.calls.length]).toEqual([MANY, MANY]);
  });
});
