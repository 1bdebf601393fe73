import { describe, expect, it } from '@jest/globals';
import { hasGrantEnded } from './grant-end.js';

const PROVIDER = { endpoint: 'https://provider.test', clientId: 'mooring' };
const GRANT = { grantIssuer: PROVIDER.endpoint, grantClientId: PROVIDER.clientId, grantEnd: null };

describe(hasGrantEnded.name, () => {
  it.each([
    ['a grant of the configured provider', GRANT, false],
    ['no grant', { grantIssuer: null, grantClientId: null, grantEnd: null }, false],
    ['a refused refresh', { ...GRANT, grantEnd: 'REFRESH_REJECTED' }, true],
    ['a logout at the provider', { ...GRANT, grantEnd: 'PROVIDER_LOGOUT' }, true],
    ['tokens that do not open any more', { ...GRANT, grantEnd: 'NO_REFRESH_TOKEN' }, false],
    ['another client of the provider', { ...GRANT, grantClientId: 'another' }, true],
    ['another provider', { ...GRANT, grantIssuer: 'https://another.test' }, true],
    ['an issuer that differs in case only', { ...GRANT, grantIssuer: 'https://Provider.test' }, true],
  ])('tells for %s', (_what, grant, hasEnded) => {
    expect(hasGrantEnded(grant, PROVIDER)).toBe(hasEnded);
  });
});
