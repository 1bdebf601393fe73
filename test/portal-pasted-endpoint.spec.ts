import { describe, expect, it } from '@jest/globals';
import { Correction, readPastedEndpoint } from '../portal/src/screens/administration/configuration/pasted-endpoint.js';
import { words } from '../portal/src/words.js';
import { endpointProblem } from '../src/settings/oidc-setting-problems.js';

const ISSUER = 'https://id.example.com/realms/office';

describe(readPastedEndpoint, () => {
  it.each<[string, string, Correction[]]>([
    [ISSUER, ISSUER, []],
    [`${ISSUER}/`, `${ISSUER}/`, []],
    [`  ${ISSUER}\n`, ISSUER, ['SPACES']],
    [`\u200B${ISSUER}\u00A0`, ISSUER, ['SPACES']],
    [`"${ISSUER}",`, ISSUER, ['QUOTES']],
    [`<${ISSUER}>`, ISSUER, ['QUOTES']],
    [`${ISSUER}/.well-known/openid-configuration`, ISSUER, ['WELL_KNOWN']],
    [`${ISSUER}/.well-known/openid-configuration/`, ISSUER, ['WELL_KNOWN']],
    ['id.example.com/realms/office', ISSUER, ['SCHEME']],
    ['//id.example.com/realms/office', ISSUER, ['SCHEME']],
    ['id.example.com:8443/', 'https://id.example.com:8443/', ['SCHEME']],
    ['localhost:8080', 'https://localhost:8080', ['SCHEME']],
    ['b\u00FCro.example', 'https://b\u00FCro.example', ['SCHEME']],
    [' id.example.com/realms/office/.well-known/openid-configuration ', ISSUER, ['SPACES', 'SCHEME', 'WELL_KNOWN']],
    [`${ISSUER}/.well-known/openid-configuration#top`, ISSUER, ['WELL_KNOWN']],
  ])('reads %j as %j', (pasted, endpoint, corrections) => {
    expect(readPastedEndpoint(pasted)).toEqual({ endpoint, discoveryUrl: null, corrections });
    expect(endpointProblem(endpoint)).toBeUndefined();
  });

  it.each([
    ['', 'nothing'],
    ['http://id.example.com', 'plain http, which stays refused'],
    ['ftp://id.example.com', 'another scheme'],
    ['office', 'a word'],
    ['id.example.com or id.example.org', 'a sentence'],
    [`${ISSUER}?p=b2c_sign_in`, 'a query that belongs to no discovery document'],
    ['javascript:alert(1)', 'a script'],
    ['someone@id.example.com', 'an e-mail address'],
  ])('leaves %j as it is: %s', (pasted) =>
    expect(readPastedEndpoint(pasted)).toEqual({ endpoint: pasted, discoveryUrl: null, corrections: [] }),
  );

  it('keeps an address of the document that has a query, which names a policy or an application, as the discovery URL', () => {
    const pasted = 'id.example.com/realms/office/.well-known/openid-configuration?p=sign_in#top';
    const discoveryUrl = `${ISSUER}/.well-known/openid-configuration?p=sign_in`;
    const corrections = ['SCHEME', 'WELL_KNOWN', 'QUERY'];
    expect(readPastedEndpoint(pasted)).toEqual({ endpoint: ISSUER, discoveryUrl, corrections });
    expect(endpointProblem(ISSUER)).toBeUndefined();
  });

  it('is the same when it is read again, and has words for each correction', () => {
    const once = readPastedEndpoint(' id.example.com/.well-known/openid-configuration');
    expect(readPastedEndpoint(once.endpoint)).toEqual({ endpoint: once.endpoint, discoveryUrl: null, corrections: [] });
    const told = Object.keys(words.configuration.corrections);
    expect(told.sort()).toEqual(['QUERY', 'QUOTES', 'SCHEME', 'SPACES', 'WELL_KNOWN']);
  });
});
