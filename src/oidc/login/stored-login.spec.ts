import { describe, expect, it } from '@jest/globals';
import type { ProviderLogin } from '../../grants/index.js';
import { parseStoredLogin, storedLoginOf } from './stored-login.js';

const LOGIN: ProviderLogin = {
  profile: {
    issuer: 'https://id.example.org',
    subject: 'subject-1',
    suggestedUsername: 'lin.chen',
    email: 'lin@example.org',
    realName: null,
    groups: ['crew'],
    groupsSource: 'ID_TOKEN',
  },
  tokens: {
    idToken: 'id',
    accessToken: null,
    refreshToken: 'refresh',
    verifiedAt: new Date('2026-01-01T12:00:00.123Z'),
    expiresAt: new Date('2026-01-01T13:00:00.000Z'),
    sessionId: 'sid-1',
    isOffline: false,
  },
  clientId: 'mooring',
  returnTo: '/projects',
  begunAt: new Date('2026-01-01T11:59:00.000Z'),
};

/** The text that the first release writes for {@link LOGIN}; names and dates are a contract between releases. */
const OF_FIRST_RELEASE = JSON.stringify({
  profile: LOGIN.profile,
  tokens: {
    idToken: 'id',
    accessToken: null,
    refreshToken: 'refresh',
    vouchedAt: '2026-01-01T12:00:00.123Z',
    expiresAt: '2026-01-01T13:00:00.000Z',
    sessionId: 'sid-1',
    isOffline: false,
  },
  clientId: 'mooring',
  returnTo: '/projects',
  begunAt: '2026-01-01T11:59:00.000Z',
});

describe('A pending login in the session of its browser', () => {
  it('is read as the first release wrote it, so that an onboarding survives an upgrade', () => {
    expect(parseStoredLogin(OF_FIRST_RELEASE)).toEqual(LOGIN);
  });

  it('is written as the first release reads it, so that replicas of both work side by side', () => {
    expect(JSON.parse(storedLoginOf(LOGIN))).toEqual(JSON.parse(OF_FIRST_RELEASE));
  });
});
