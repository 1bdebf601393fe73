import { describe, expect, it } from '@jest/globals';
import { checkedMetadata } from './provider-metadata.js';
import { ProviderError } from './provider.errors.js';

const issuer = 'https://id.example';
const document = {
  issuer,
  authorization_endpoint: 'https://id.example/authorize?tenant=1',
  token_endpoint: 'https://tokens.example/token',
  jwks_uri: 'https://id.example/keys',
};

function check(changes: object, configured = issuer) {
  return () => checkedMetadata({ ...document, ...changes }, configured);
}

function moved(origin: string) {
  const endpoints = { authorization_endpoint: `${origin}/a`, token_endpoint: `${origin}/t`, jwks_uri: `${origin}/k` };
  return { issuer: origin, ...endpoints };
}

describe(checkedMetadata, () => {
  it('takes what is used and leaves out what is not published', () => {
    expect(check({})()).toEqual({
      ...document,
      userinfo_endpoint: null,
      end_session_endpoint: null,
      pushed_authorization_request_endpoint: null,
      revocation_endpoint: null,
      require_pushed_authorization_requests: false,
      token_endpoint_auth_methods_supported: null,
      token_endpoint_auth_signing_alg_values_supported: null,
      id_token_signing_alg_values_supported: null,
      userinfo_signing_alg_values_supported: null,
    });
  });

  it('refuses an issuer that differs in a slash or a letter and shows both values', () => {
    expect(check({ issuer: 'https://id.example/' })).toThrow(/"https:\/\/id\.example\/".*"https:\/\/id\.example"/);
    expect(check({ issuer: 'https://ID.example' })).toThrow(ProviderError);
    expect(check({ issuer: undefined })).toThrow('publishes no issuer');
  });

  it('says which endpoint is missing', () => {
    for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri']) {
      expect(check({ [name]: undefined })).toThrow(`publishes no ${name}`);
    }
  });

  it('refuses endpoints without https, with credentials, with a fragment, or that are no URL', () => {
    for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint']) {
      expect(check({ [name]: 'http://id.example/x' })).toThrow(`${name} that is not https`);
      expect(check({ [name]: 'http://127.0.0.1/x' })).toThrow(`${name} that is not https`);
      expect(check({ [name]: 'javascript:alert(1)' })).toThrow(`${name} that is not https`);
      expect(check({ [name]: 'https://u:p@id.example/x' })).toThrow(`${name} with credentials`);
      expect(check({ [name]: 'https://id.example/x#' })).toThrow(`${name} with a fragment`);
      expect(check({ [name]: '/x' })).toThrow(`${name} that is not a URL`);
      expect(check({ [name]: 7 })).toThrow(`${name} that is not a URL`);
    }
    expect(check({ end_session_endpoint: 'http://id.example/x' })).toThrow('end_session_endpoint');
  });

  it('leaves out an endpoint for pushed requests that is not usable, and reads only true as required', () => {
    const pushed = (at: unknown, required: unknown) => {
      const { pushed_authorization_request_endpoint: endpoint, require_pushed_authorization_requests: isRequired } =
        check({ pushed_authorization_request_endpoint: at, require_pushed_authorization_requests: required })();
      return [endpoint, isRequired];
    };
    expect(pushed('https://id.example/par', true)).toEqual(['https://id.example/par', true]);
    for (const at of [
      'http://id.example/par',
      'https://169.254.169.254/par',
      'https://u:p@id.example/par',
      '/par',
      7,
    ]) {
      expect(pushed(at, 'true')).toEqual([null, false]);
    }
  });

  it('takes http on a loopback address under an http loopback issuer alone', () => {
    const local = 'http://127.0.0.1:9000';
    expect(check(moved(local), local)().token_endpoint).toBe('http://127.0.0.1:9000/t');
    expect(check({ ...moved(local), token_endpoint: 'http://id.example/t' }, local)).toThrow('not https');
  });
});
