import { describe, expect, it } from '@jest/globals';
import { logoutNoticeOf } from './logout-token.js';
import { LogoutTokenRefused } from './provider.errors.js';

const AT = new Date('2026-01-01T12:00:00Z');
const NOW = AT.getTime() / 1000;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const claims = { iat: NOW, exp: NOW + 120, jti: 'one', sub: 'lin', events: { [EVENT]: {} } };
const notice = (changes: object, type: unknown = 'logout+jwt') => logoutNoticeOf({ ...claims, ...changes }, type, AT);

describe(logoutNoticeOf, () => {
  it('names the person, the session or both', () => {
    expect(notice({ sid: 's' })).toMatchObject({ tokenId: 'one', subject: 'lin', sessionId: 's' });
    expect(notice({})).toMatchObject({ subject: 'lin', sessionId: null });
    expect(notice({ sub: undefined, sid: 's' })).toMatchObject({ subject: null, sessionId: 's' });
  });

  it.each([undefined, 'JWT', 'logout+jwt', 'application/logout+jwt', 'Logout+JWT'])('accepts the type %s', (type) => {
    expect(notice({}, type).tokenId).toBe('one');
  });

  it.each(['at+jwt', '', 7, null])('refuses the type %j', (type) => {
    expect(() => notice({}, type)).toThrow(LogoutTokenRefused);
  });

  it.each([
    ['without events', { events: undefined }],
    ['with another event', { events: { 'https://other.example': {} } }],
    ['with an event that is not an object', { events: { [EVENT]: true } }],
    ['with a list for an event', { events: { [EVENT]: [] } }],
    ['with a nonce, as ID tokens have', { nonce: 'n' }],
    ['without sub and sid', { sub: undefined }],
    ['with an empty sub', { sub: '' }],
    ['with a sid that is not a string', { sid: 7 }],
    ['with a jti that is too long', { jti: 'x'.repeat(1025) }],
    ['without a jti', { jti: undefined }],
    ['issued in the future', { iat: NOW + 31 }],
    ['expired', { exp: NOW - 30 }],
    ['without exp that is older than ten minutes', { iat: NOW - 630, exp: undefined }],
  ])('refuses a token %s', (_what, changes) => {
    expect(() => notice(changes)).toThrow(LogoutTokenRefused);
  });

  it.each([
    ['beside the logout', { [EVENT]: {}, revoke_offline_access: true }, true],
    ['as an event with an object', { [EVENT]: {}, revoke_offline_access: {} }, true],
    ['within the logout', { [EVENT]: { revoke_offline_access: true } }, true],
    ['not at all', { [EVENT]: {} }, false],
    ['as not so', { [EVENT]: { revoke_offline_access: false }, revoke_offline_access: false }, false],
    ['as null', { [EVENT]: {}, revoke_offline_access: null }, false],
    ['as a text', { [EVENT]: {}, revoke_offline_access: 'true' }, false],
    ['as a list', { [EVENT]: {}, revoke_offline_access: [] }, false],
  ])('tells whether offline access ends: %s', (_how, events, ends) => {
    expect(notice({ events }).endsOfflineAccess).toBe(ends);
  });

  it('is no logout if only offline access ends', () => {
    expect(() => notice({ events: { revoke_offline_access: true } })).toThrow(LogoutTokenRefused);
  });

  it.each([
    ['30 seconds after its expiry', { exp: NOW + 120 }, NOW + 150],
    ['ten and a half minutes after its issue, without exp', { exp: undefined }, NOW + 630],
    ['at the end of the tolerance', { exp: NOW - 29 }, NOW + 1],
  ])('could be sent again until %s', (_what, changes, until) => {
    expect(notice(changes).lastsUntil).toEqual(new Date(until * 1000));
  });
});
