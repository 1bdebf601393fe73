import { describe, expect, it } from '@jest/globals';
import { RateLimited } from '../../common/errors/common.errors.js';
import { registryErrorOf } from './registry-error.js';
import { BadTokenRequest, RegistryLoginRefused, RegistryLoginUnavailable } from './registry.errors.js';

const errorOf = (error: unknown) => registryErrorOf(error, 'request-1');

describe(registryErrorOf.name, () => {
  it('asks for credentials where they are refused', () => {
    expect(errorOf(new RegistryLoginRefused('Log in again.', 'NO_REFRESH_TOKEN'))).toEqual({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Mooring", charset="UTF-8"' },
      body: { errors: [{ code: 'UNAUTHORIZED', message: 'Log in again.' }] },
    });
  });

  it('says when to try again where the provider does not say, and where there are too many passwords', () => {
    expect(errorOf(new RegistryLoginUnavailable('Try again.', 'PROVIDER_UNAVAILABLE', 10))).toEqual({
      status: 503,
      headers: { 'retry-after': '10' },
      body: { errors: [{ code: 'UNAVAILABLE', message: 'Try again.' }] },
    });
    expect(errorOf(new RateLimited(2))).toMatchObject({
      status: 429,
      headers: { 'retry-after': '2' },
      body: { errors: [{ code: 'TOOMANYREQUESTS' }] },
    });
  });

  it('tells what of the protocol a request has missed', () => {
    expect(errorOf(new BadTokenRequest('Send service once.'))).toMatchObject({
      status: 400,
      headers: {},
      body: { errors: [{ code: 'UNSUPPORTED', message: 'Send service once.' }] },
    });
  });
});
