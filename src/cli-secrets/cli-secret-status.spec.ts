import { describe, expect, it } from '@jest/globals';
import { GrantFacts } from '../grants/status/grant-status.js';
import { cliSecretStatus, isEarlyRefreshDue, mustRefresh, OwnerFacts, verdictOn } from './cli-secret-status.js';

const now = new Date('2026-01-01T12:00:00Z');
const soon = new Date(now.getTime() + 1);
const fresh: GrantFacts = {
  ...{ isFromCurrentProvider: true, hasRefreshToken: true, endReason: null, failure: null },
  ...{ expiresAt: soon, graceUntil: soon, earlyFrom: soon },
};
const expired: GrantFacts = { ...fresh, expiresAt: now, graceUntil: now, earlyFrom: now };
const answered = (grant: GrantFacts) => verdictOn({ isDisabled: false, grant }, now).status;

describe(cliSecretStatus.name, () => {
  it('is VALID while the provider vouches for the owner', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: fresh }, now)).toBe('VALID');
  });

  it('is USER_DISABLED for a disabled user, whatever the provider says', () => {
    expect(cliSecretStatus({ isDisabled: true, grant: fresh }, now)).toBe('USER_DISABLED');
    expect(cliSecretStatus({ isDisabled: true, grant: null }, now)).toBe('USER_DISABLED');
  });

  it('is PROVIDER_CHANGED for a grant of another provider, fresh or not', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: { ...fresh, isFromCurrentProvider: false } }, now)).toBe(
      'PROVIDER_CHANGED',
    );
    expect(cliSecretStatus({ isDisabled: false, grant: { ...expired, isFromCurrentProvider: false } }, now)).toBe(
      'PROVIDER_CHANGED',
    );
  });

  it('is NO_REFRESH_TOKEN where the token has expired without one, or there is no grant', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: { ...expired, hasRefreshToken: false } }, now)).toBe(
      'NO_REFRESH_TOKEN',
    );
    expect(cliSecretStatus({ isDisabled: false, grant: null }, now)).toBe('NO_REFRESH_TOKEN');
  });

  it('is REFRESH_REJECTED once the provider has refused, also where the token had time left', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: { ...fresh, endReason: 'REFRESH_REJECTED' } }, now)).toBe(
      'REFRESH_REJECTED',
    );
  });

  it('is VALID where the next use refreshes an expired token, as far as is known without asking', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: expired }, now)).toBe('VALID');
    expect(answered(expired)).toBe('PROVIDER_UNAVAILABLE');
  });

  it('tells a provider that is silent from one that refuses our own credentials', () => {
    expect(answered({ ...expired, failure: 'UNAVAILABLE' })).toBe('PROVIDER_UNAVAILABLE');
    expect(answered({ ...expired, failure: 'CLIENT_REJECTED' })).toBe('PROVIDER_REJECTED_CLIENT');
    expect(cliSecretStatus({ isDisabled: false, grant: { ...expired, failure: 'CLIENT_REJECTED' } }, now)).toBe(
      'PROVIDER_UNAVAILABLE',
    );
  });

  it('is VALID in the outage grace, which is for silence alone', () => {
    expect(answered({ ...expired, failure: 'UNAVAILABLE', graceUntil: soon })).toBe('VALID');
    expect(answered({ ...expired, failure: 'CLIENT_REJECTED', graceUntil: soon })).toBe('PROVIDER_REJECTED_CLIENT');
    expect(answered({ ...expired, graceUntil: soon })).toBe('PROVIDER_UNAVAILABLE');
  });
});

const owner = (grant: GrantFacts | null, isDisabled = false): OwnerFacts => ({ isDisabled, grant });

describe('The limits of an administrator', () => {
  const outside = (grant: GrantFacts | null): OwnerFacts => ({ isDisabled: false, isInNoLoginGroup: true, grant });

  it('are LOGIN_NOT_ALLOWED for somebody in no group that may log in, once the groups are known to be current', () => {
    expect(verdictOn(outside(fresh), now).status).toBe('LOGIN_NOT_ALLOWED');
    expect(cliSecretStatus(outside(fresh), now)).toBe('LOGIN_NOT_ALLOWED');
    expect(cliSecretStatus(outside(expired), now)).toBe('LOGIN_NOT_ALLOWED');
    expect(mustRefresh(outside(fresh), now)).toBe(false);
    expect(mustRefresh(outside(expired), now)).toBe(true);
    const inGrace: GrantFacts = { ...expired, failure: 'UNAVAILABLE', graceUntil: soon };
    expect(verdictOn(outside(inGrace), now).status).toBe('LOGIN_NOT_ALLOWED');
  });

  it('come after what the account and the grant say', () => {
    expect(verdictOn({ ...outside(fresh), isDisabled: true }, now).status).toBe('USER_DISABLED');
    expect(verdictOn(outside({ ...fresh, endReason: 'PROVIDER_LOGOUT' }), now).status).toBe('PROVIDER_LOGOUT');
    expect(verdictOn(outside(null), now).status).toBe('NO_REFRESH_TOKEN');
    expect(verdictOn(outside({ ...expired, failure: 'UNAVAILABLE' }), now).status).toBe('PROVIDER_UNAVAILABLE');
  });

  it('are LOGIN_TOO_OLD from the day on at which a login is due, and nobody asks the provider then', () => {
    for (const grant of [fresh, expired, { ...expired, failure: 'UNAVAILABLE' as const, graceUntil: soon }]) {
      const owner = { isDisabled: false, grant: { ...grant, loginEndsAt: now } };
      expect([verdictOn(owner, now).status, mustRefresh(owner, now)]).toEqual(['LOGIN_TOO_OLD', false]);
      expect(isEarlyRefreshDue(owner, now)).toBe(false);
    }
    expect(cliSecretStatus({ isDisabled: false, grant: { ...fresh, loginEndsAt: soon } }, now)).toBe('VALID');
    const ended: GrantFacts = { ...fresh, loginEndsAt: now, endReason: 'REFRESH_REJECTED' };
    expect(cliSecretStatus({ isDisabled: false, grant: ended }, now)).toBe('REFRESH_REJECTED');
  });

  it('end the time for which the answer counts', () => {
    const long = { ...fresh, expiresAt: new Date(now.getTime() + 2), loginEndsAt: soon };
    expect(verdictOn({ isDisabled: false, grant: long }, now)).toEqual({ status: 'VALID', validUntil: soon });
  });
});

describe(mustRefresh.name, () => {
  it('is true for an expired grant that can be refreshed, in the outage grace too', () => {
    expect(mustRefresh(owner(expired), now)).toBe(true);
    expect(mustRefresh(owner({ ...expired, failure: 'UNAVAILABLE', graceUntil: soon }), now)).toBe(true);
    expect(mustRefresh(owner({ ...expired, failure: 'CLIENT_REJECTED' }), now)).toBe(true);
  });

  it('is false while the grant is fresh, also in the last part of its life', () => {
    expect(mustRefresh(owner(fresh), now)).toBe(false);
    expect(mustRefresh(owner({ ...fresh, earlyFrom: now }), now)).toBe(false);
  });

  it('is false where a refresh cannot change the answer', () => {
    expect(mustRefresh(owner(null), now)).toBe(false);
    expect(mustRefresh(owner(expired, true), now)).toBe(false);
    expect(mustRefresh(owner({ ...expired, hasRefreshToken: false }), now)).toBe(false);
    expect(mustRefresh(owner({ ...expired, endReason: 'PROVIDER_LOGOUT' }), now)).toBe(false);
    expect(mustRefresh(owner({ ...expired, isFromCurrentProvider: false }), now)).toBe(false);
  });
});

describe(isEarlyRefreshDue.name, () => {
  it('is true from the last part of the life of a fresh grant until it expires', () => {
    expect(isEarlyRefreshDue(owner(fresh), now)).toBe(false);
    expect(isEarlyRefreshDue(owner({ ...fresh, earlyFrom: now }), now)).toBe(true);
    expect(isEarlyRefreshDue(owner(expired), now)).toBe(false);
  });

  it('is false for a disabled user, and for a grant that has ended or cannot be refreshed', () => {
    const due = { ...fresh, earlyFrom: now };
    expect(isEarlyRefreshDue(owner(due, true), now)).toBe(false);
    expect(isEarlyRefreshDue(owner(null), now)).toBe(false);
    expect(isEarlyRefreshDue(owner({ ...due, hasRefreshToken: false }), now)).toBe(false);
    expect(isEarlyRefreshDue(owner({ ...due, endReason: 'REFRESH_REJECTED' }), now)).toBe(false);
  });
});

describe(verdictOn.name, () => {
  it('counts until the grant expires, and in the outage grace until that ends', () => {
    const later = new Date(soon.getTime() + 1);
    expect(verdictOn(owner({ ...fresh, graceUntil: later }), now).validUntil).toEqual(soon);
    const inGrace: GrantFacts = { ...expired, failure: 'UNAVAILABLE', graceUntil: later };
    expect(verdictOn(owner(inGrace), now)).toEqual({ status: 'VALID', validUntil: later });
  });
});
