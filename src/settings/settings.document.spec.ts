import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Cipher } from '../common/crypto/cipher.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { SELF_SIGNED } from '../../test/support/self-signed.js';
import { fromDocument, OidcPatch, patched, toDocument } from './settings.document.js';
import { certificatesProblem, scopesOf } from './oidc-setting-problems.js';
import { missingForOidcMode } from './oidc-settings.schema.js';

const cipher = new Cipher([randomBytes(32)]);
const defaults = fromDocument('{}', cipher);
const complete: OidcPatch = {
  endpoint: 'https://id.example.com/realms/one',
  clientId: 'mooring',
  clientSecret: new SecretText('very-secret'),
};

describe('The stored settings', () => {
  it('hold only what differs from the defaults', () => {
    expect(toDocument(defaults, cipher)).toBe('{"general":{},"oidc":{}}');
    expect(toDocument(patched(defaults, {}, { name: 'Office' }), cipher)).toBe(
      '{"general":{},"oidc":{"name":"Office"}}',
    );
  });

  it('come back as they went in, the client secret sealed meanwhile', () => {
    const settings = patched(
      defaults,
      {},
      {
        ...complete,
        extraRedirectParameters: [{ name: 'prompt', value: 'consent' }],
      },
    );
    const document = toDocument(settings, cipher);
    expect(document).not.toContain('very-secret');
    const read = fromDocument(document, cipher);
    expect(read.oidc.clientSecret?.reveal()).toBe('very-secret');
    expect({ ...read.oidc, clientSecret: null }).toEqual({ ...settings.oidc, clientSecret: null });
  });
});

describe('A change of the settings', () => {
  const codesOf = (patch: OidcPatch, current = defaults) => {
    try {
      patched(current, {}, patch);
      return [];
    } catch (error) {
      return (error as { extensions: { fields: { path: string[] }[] } }).extensions.fields.map(({ path }) =>
        path.at(-1),
      );
    }
  };

  it.each([
    ['PRIVATE KEY', SELF_SIGNED.key],
    ['RSA PRIVATE KEY', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----'],
    ['ENCRYPTED PRIVATE KEY', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA'],
    ['OPENSSH PRIVATE KEY', ' ----- -----BEGIN OPENSSH PRIVATE KEY-----'],
  ])('takes certificates without a %s beside them, and says so', (_label, key) => {
    expect(codesOf({ caCertificates: SELF_SIGNED.cert })).toEqual([]);
    for (const caCertificates of [SELF_SIGNED.cert + key, key + SELF_SIGNED.cert, key]) {
      expect(codesOf({ caCertificates })).toEqual(['caCertificates']);
      expect(certificatesProblem(caCertificates)).toContain('private key');
    }
  });

  it.each([
    'https://id.example.com',
    'https://id.example.com/realms/a/',
    'http://127.0.0.1:8090',
    'http://localhost',
    'http://[::1]:1',
  ])('takes the endpoint %s', (endpoint) => expect(codesOf({ endpoint })).toEqual([]));

  it.each([
    'http://id.example.com',
    'ftp://id.example.com',
    'https://',
    'https://a:b@id.example.com',
    'https://id.example.com/#x',
    'https://id.example.com/?x',
    ' https://id.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
  ])('refuses the endpoint %s', (endpoint) => expect(codesOf({ endpoint })).toEqual(['endpoint']));

  it.each([
    'state',
    'nonce',
    'redirect_uri',
    'client_id',
    'scope',
    'code_challenge',
    'response_type',
    'request',
    'request_uri',
    'response_mode',
    'client_secret',
    'code_challenge_method',
  ])('refuses the extra parameter %s, which is the protocol’s own', (name) =>
    expect(codesOf({ extraRedirectParameters: [{ name, value: 'x' }] })).toEqual(['extraRedirectParameters']),
  );

  it('needs the client secret with a changed endpoint, once one is stored', () => {
    const stored = patched(defaults, {}, complete);
    expect(codesOf({ endpoint: 'https://other.example.com' }, stored)).toEqual(['clientSecret']);
    expect(codesOf({ endpoint: complete.endpoint }, stored)).toEqual([]);
  });

  it.each(['https://id.example.com/x?p=y', 'http://127.0.0.1:8090/d'])('takes the discovery URL %s', (discoveryUrl) =>
    expect(codesOf({ discoveryUrl })).toEqual([]),
  );

  it.each([
    'http://id.example.com',
    'https://a:b@id.example.com/d',
    'https://id.example.com/d#',
    'https://id.example.com/a b',
    `https://id.example.com/${'x'.repeat(500)}`,
    'file:///etc/passwd',
  ])('refuses the discovery URL %s', (discoveryUrl) => expect(codesOf({ discoveryUrl })).toEqual(['discoveryUrl']));

  it('needs the client secret with a changed discovery URL, unless there is no endpoint any more', () => {
    const discoveryUrl = 'https://other.example.com/d';
    const stored = patched(defaults, {}, { ...complete, discoveryUrl });
    expect(codesOf({ discoveryUrl: null }, stored)).toEqual(['clientSecret']);
    expect(codesOf({ discoveryUrl: `${discoveryUrl}x` }, stored)).toEqual(['clientSecret']);
    expect(codesOf({ discoveryUrl }, stored)).toEqual([]);
    expect(codesOf({ endpoint: null, discoveryUrl: null }, stored)).toEqual([]);
    const cleared = patched(stored, {}, { endpoint: null, discoveryUrl: null });
    expect(codesOf({ endpoint: complete.endpoint }, cleared)).toEqual(['clientSecret']);
  });

  it('removes the stored secret with a changed endpoint, if the client authentication needs none', () => {
    const stored = patched(defaults, {}, complete);
    const moved = { endpoint: 'https://other.example.com', clientAuthentication: 'none' } as const;
    expect(patched(stored, {}, { clientAuthentication: 'none' }).oidc.clientSecret).toBe(stored.oidc.clientSecret);
    expect(patched(stored, {}, moved).oidc.clientSecret).toBeNull();
    const open = patched(stored, {}, { clientAuthentication: 'none' });
    expect(codesOf({ endpoint: moved.endpoint, clientAuthentication: 'automatic' }, open)).toEqual(['clientSecret']);
    expect(patched(open, {}, { endpoint: moved.endpoint }).oidc.clientSecret).toBeNull();
  });

  it.each(['', 'None', 'basic', 'client_secret_jwt', 'none '])('refuses the client authentication %j', (name) =>
    expect(codesOf({ clientAuthentication: name as 'none' })).toEqual(['clientAuthentication']),
  );

  it('leaves alone what it does not name, and clears what it names as null', () => {
    const stored = patched(patched(defaults, {}, complete), {}, { name: 'Office' });
    const cleared = { ...stored, oidc: { ...stored.oidc, name: null } };
    expect(patched(stored, {}, { name: null })).toEqual(cleared);
  });
});

describe('The admin groups', () => {
  const [one, two] = ['admins', 'platform'];
  const after = (patch: OidcPatch, current = defaults) => {
    const { adminGroup, adminGroups } = patched(current, {}, patch).oidc;
    return { adminGroup, adminGroups };
  };
  const both = { adminGroup: one, adminGroups: [one, two] };
  const stored = patched(defaults, {}, { adminGroups: both.adminGroups });

  it.each<[string, OidcPatch, object]>([
    ['one name is a list of it', { adminGroup: one }, { adminGroup: one, adminGroups: [one] }],
    ['a list gives its first', { adminGroups: [one, two] }, both],
    ['both may be sent where they agree', both, both],
    ['no name is no list', { adminGroup: null }, { adminGroup: null, adminGroups: [] }],
    ['an empty list is no name', { adminGroups: [] }, { adminGroup: null, adminGroups: [] }],
    ['a comma splits nothing', { adminGroup: 'a,b' }, { adminGroup: 'a,b', adminGroups: ['a,b'] }],
    ['names are kept in NFC', { adminGroups: ['o\u0308'] }, { adminGroup: '\u00f6', adminGroups: ['\u00f6'] }],
    ['another setting changes neither', { name: 'Office' }, both],
  ])('follow one rule: %s', (_rule, patch, expected) => expect(after(patch, stored)).toEqual(expected));

  it.each<OidcPatch>([
    { adminGroup: two, adminGroups: [one, two] },
    { adminGroup: null, adminGroups: [one] },
    { adminGroup: one, adminGroups: [] },
    { adminGroups: [one, one] },
    { adminGroups: ['o\u0308', '\u00f6'] },
    { adminGroups: [one, ' '] },
    { adminGroups: ['a\u0000'] },
    { adminGroups: ['a'.repeat(256)] },
    { adminGroups: Array.from({ length: 101 }, (_, index) => `group-${index}`) },
    { adminGroups: null },
  ])('are refused as %j', (patch) => {
    expect(() => patched(stored, {}, patch)).toThrow(
      expect.objectContaining({
        extensions: { fields: [expect.objectContaining({ path: ['oidc', 'adminGroups'] })] },
      }),
    );
  });

  it('are read from a document of either release, and written so that both can read it', () => {
    const groupsIn = (oidc: object) => {
      const { adminGroup, adminGroups } = fromDocument(JSON.stringify({ oidc }), cipher).oidc;
      return { adminGroup, adminGroups };
    };
    expect(JSON.parse(toDocument(stored, cipher))).toEqual({ general: {}, oidc: both });
    expect(groupsIn(both)).toEqual(both);
    expect(groupsIn({ adminGroup: one })).toEqual({ adminGroup: one, adminGroups: [one] });
    expect(groupsIn({ adminGroup: two, adminGroups: [one, two] })).toEqual({ adminGroup: two, adminGroups: [two] });
    expect(groupsIn({ adminGroup: 'o\u0308' })).toEqual({ adminGroup: '\u00f6', adminGroups: ['\u00f6'] });
    expect(groupsIn({})).toEqual({ adminGroup: null, adminGroups: [] });
  });
});

describe('OIDC mode', () => {
  it('can do with an endpoint, a client id and a client secret, and with nothing less', () => {
    expect(missingForOidcMode(patched(defaults, {}, complete).oidc)).toEqual([]);
    expect(missingForOidcMode(defaults.oidc)).toEqual(['oidc.endpoint', 'oidc.clientId', 'oidc.clientSecret']);
  });

  it('can do without a client secret where the client authentication sends none', () => {
    const { endpoint, clientId } = complete;
    const settings = (clientAuthentication: 'none' | 'client_secret_basic') =>
      patched(defaults, {}, { endpoint, clientId, clientAuthentication }).oidc;
    expect(missingForOidcMode(settings('none'))).toEqual([]);
    expect(missingForOidcMode(settings('client_secret_basic'))).toEqual(['oidc.clientSecret']);
  });

  it('takes scopes apart at commas and blanks', () => {
    expect(scopesOf('openid, profile email,,groups ')).toEqual(['openid', 'profile', 'email', 'groups']);
  });
});
