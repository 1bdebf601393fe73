import { describe, expect, it } from '@jest/globals';
import { cliSecretStatus } from './cli-secret-status.js';

const now = new Date('2026-01-01T12:00:00Z');
const fresh = { isFromCurrentProvider: true, hasRefreshToken: true, expiresAt: new Date(now.getTime() + 1) };
const expired = { ...fresh, expiresAt: now };

describe(cliSecretStatus.name, () => {
  it('is VALID while the provider vouches for the owner', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: fresh }, now)).toBe('VALID');
  });

  it('is USER_DISABLED for who is barred, whatever the provider says', () => {
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

  it('is PROVIDER_UNAVAILABLE where the token has expired and nobody has asked again', () => {
    expect(cliSecretStatus({ isDisabled: false, grant: expired }, now)).toBe('PROVIDER_UNAVAILABLE');
  });
});
