import { describe, expect, it } from '@jest/globals';
import { Document } from './discovery-lists.js';
import { AuthorizationAnswer, onlyRedirectUri } from './authorization-answer.js';
import { CLAIMS, groupsClaimFinding, userClaimFinding } from './claims-check.js';
import { CODE_FLOW, codeFlowFinding, PKCE, pkceFinding, pushingOf } from './code-flow-check.js';
import { DISCOVERY, issuerFinding } from './discovery-check.js';
import { LOGOUT, logoutFinding } from './logout-check.js';
import { Finding, skipped } from './provider-report.js';
import { REFRESH_TOKENS, refreshTokensFinding, SCOPES, scopesFinding, ScopeSettings } from './scopes-check.js';

const SILENT = onlyRedirectUri(skipped('nothing'));
const TAKEN: AuthorizationAnswer = { ...SILENT, isTaken: true };
const UNUSABLE_PUSH: AuthorizationAnswer = { ...SILENT, unusablePush: 'HTTP 404' };
const REFUSED = (words: string): AuthorizationAnswer => ({ ...SILENT, refusedScope: words, refusedFlow: words });
const WANTED = ['openid', 'groups', 'offline_access'];

const same = (found: Finding, cause: Finding) => expect(found).toEqual(cause);

describe(issuerFinding, () => {
  const [ours, theirs] = ['https://id.example/', 'https://id.example'];
  const published = 'https://id.example/.well-known/openid-configuration';
  const elsewhere = 'https://other.example';
  it.each<[string, Document, Finding]>([
    ['the same', { issuer: ours }, DISCOVERY.sameIssuer()],
    ['another', { issuer: theirs }, DISCOVERY.otherIssuer(theirs, ours)],
    ['another, not found there', { issuer: elsewhere }, DISCOVERY.issuerElsewhere(elsewhere, ours, published)],
    ['none', {}, DISCOVERY.otherIssuer(undefined, ours)],
  ])('says: %s', (_what, document, cause) => same(issuerFinding(document, ours, published), cause));

  it.each([
    [theirs, [{ setting: 'endpoint', value: theirs }]],
    [
      elsewhere,
      [
        { setting: 'endpoint', value: elsewhere },
        { setting: 'discoveryUrl', value: published },
      ],
    ],
    ['http://id.example', undefined],
    ['https://id.example/?tenant=1', undefined],
    [7, undefined],
  ])('offers the published issuer %s only where it may be an endpoint', (issuer, fixes) =>
    expect(issuerFinding({ issuer }, ours, published).fixes).toEqual(fixes),
  );
});

describe(codeFlowFinding, () => {
  const plain = { isWanted: false, hasEndpoint: true };
  it.each<[string, Document, AuthorizationAnswer | null, Finding]>([
    ['this client may not use it', { response_types_supported: ['code'] }, REFUSED('x'), CODE_FLOW.refused('x')],
    ['the provider takes it, whatever it lists', { response_types_supported: ['token'] }, TAKEN, CODE_FLOW.taken()],
    ['it takes it unsigned', { require_signed_request_object: true }, TAKEN, CODE_FLOW.taken()],
    ['signed requests only', { require_signed_request_object: true }, SILENT, CODE_FLOW.signedOnly()],
    ['response types without code', { response_types_supported: ['id_token'] }, SILENT, CODE_FLOW.notListed()],
    ['hybrid flows only', { response_types_supported: ['code id_token'] }, SILENT, CODE_FLOW.notListed()],
    [
      'response modes without query',
      { response_modes_supported: ['jwt', 'form_post'] },
      null,
      CODE_FLOW.withoutQuery(),
    ],
    ['grants without it', { grant_types_supported: ['implicit'] }, SILENT, CODE_FLOW.grantNotListed()],
    ['announced', { response_types_supported: ['code'] }, null, CODE_FLOW.announced()],
    ['no information', {}, null, CODE_FLOW.notAnnounced()],
    ['an endpoint that is not used', {}, UNUSABLE_PUSH, CODE_FLOW.notAnnounced()],
  ])('says: %s', (_what, document, told, cause) => same(codeFlowFinding(document, told, plain), cause));

  const required = { require_pushed_authorization_requests: true };
  const endpoint = { pushed_authorization_request_endpoint: 'https://id.example/par' };
  it.each<[string, Document, 'automatic' | 'always', AuthorizationAnswer | null, Finding]>([
    ['required, and taken', { ...required, ...endpoint }, 'automatic', TAKEN, CODE_FLOW.taken()],
    ['required, without an endpoint', required, 'automatic', TAKEN, CODE_FLOW.pushedNowhere(true)],
    ['asked for, without an endpoint', {}, 'always', TAKEN, CODE_FLOW.pushedNowhere(false)],
    [
      'asked for, at no endpoint',
      { pushed_authorization_request_endpoint: 'http://169.254.169.254/par' },
      'always',
      TAKEN,
      CODE_FLOW.pushedNowhere(false),
    ],
    ['asked for, answered by a page', endpoint, 'always', UNUSABLE_PUSH, CODE_FLOW.pushUnusable('HTTP 404')],
    ['offered, answered by a page', endpoint, 'automatic', UNUSABLE_PUSH, CODE_FLOW.notAnnounced()],
    [
      'the text true is no demand',
      { require_pushed_authorization_requests: 'true' },
      'automatic',
      TAKEN,
      CODE_FLOW.taken(),
    ],
  ])('says of pushed requests: %s', (_what, document, pushedAuthorizationRequests, told, cause) => {
    const settings = { issuer: 'https://id.example', pushedAuthorizationRequests };
    same(codeFlowFinding(document, told, pushingOf(document, settings)), cause);
  });

  it('fails what no login can do', () => {
    const causes = [CODE_FLOW.pushedNowhere(true), CODE_FLOW.pushUnusable('x'), CODE_FLOW.signedOnly()];
    causes.push(CODE_FLOW.notListed(), CODE_FLOW.withoutQuery());
    expect(causes.map(({ status }) => status)).toEqual(Array(5).fill('FAILED'));
  });
});

describe(pkceFinding, () => {
  it.each<[string, Document, Finding]>([
    ['no information', {}, PKCE.notAnnounced()],
    ['supported', { code_challenge_methods_supported: ['plain', 'S256'] }, PKCE.supported()],
    ['without S256', { code_challenge_methods_supported: ['plain'] }, PKCE.withoutS256()],
  ])('says: %s', (_what, document, cause) => same(pkceFinding(document), cause));
});

describe(scopesFinding, () => {
  const listed = { scopes_supported: [...WANTED, 'email'] };
  it.each<[string, Document, readonly string[], AuthorizationAnswer | null, Finding]>([
    ['openid is missing', listed, ['groups'], TAKEN, SCOPES.withoutOpenid(['groups'])],
    ['one is refused', listed, WANTED, REFUSED('no "groups"'), SCOPES.refused('no "groups"', ['groups'], WANTED)],
    ['some are refused', listed, WANTED, REFUSED('no'), SCOPES.refused('no', ['groups', 'offline_access'])],
    ['taken', listed, WANTED, TAKEN, SCOPES.taken(3)],
    ['announced', listed, WANTED, SILENT, SCOPES.announced(3)],
    ['not listed', { scopes_supported: ['openid'] }, WANTED, TAKEN, SCOPES.notListed(['groups', 'offline_access'])],
    ['no information', {}, WANTED, TAKEN, SCOPES.notAnnounced()],
  ])('says: %s', (_what, document, scopes, told, cause) => same(scopesFinding(document, { scopes }, told), cause));

  it.each<[string, readonly string[], AuthorizationAnswer, string | undefined]>([
    ['adds openid', ['groups'], TAKEN, 'openid,groups'],
    ['takes out what is refused by name', WANTED, REFUSED('no "groups"'), 'openid,offline_access'],
    ['knows nothing where none is named', WANTED, REFUSED('no'), undefined],
    ['never takes out openid', WANTED, REFUSED('no "openid"'), undefined],
  ])('%s', (_what, scopes, told, value) => {
    const { fixes } = scopesFinding(listed, { scopes }, told);
    expect(fixes).toEqual(value && [{ setting: 'scope', value }]);
  });

  it('names in the remedy what to take out', () => {
    expect(SCOPES.refused('no', ['groups']).remedy).toContain('Remove groups from the scope');
    expect(SCOPES.refused('no', ['a', 'b']).remedy).toContain('a, b');
    expect(SCOPES.refused('no', []).remedy).toBe('Allow the scope openid for this client at the provider.');
  });
});

describe(refreshTokensFinding, () => {
  const listed = { grant_types_supported: ['authorization_code', 'refresh_token'] };
  const none = (people: number) => ({ people, mostAsked: 3 });
  it.each<[string, Document, ScopeSettings, Finding]>([
    ['none came', listed, { scopes: ['openid'], withoutRefreshToken: none(2) }, REFRESH_TOKENS.noneCame(2, false)],
    [
      'none came, asked for',
      listed,
      { scopes: WANTED, withoutRefreshToken: none(1) },
      REFRESH_TOKENS.noneCame(1, true),
    ],
    [
      'none came to three',
      listed,
      { scopes: WANTED, withoutRefreshToken: none(3) },
      REFRESH_TOKENS.noneCame(3, true, true),
    ],
    ['requested', {}, { scopes: WANTED }, REFRESH_TOKENS.requested()],
    ['announced', listed, { scopes: WANTED, withoutRefreshToken: none(0) }, REFRESH_TOKENS.announced()],
    ['not requested', listed, { scopes: ['openid'] }, REFRESH_TOKENS.notRequested()],
    ['not listed', { grant_types_supported: ['implicit'] }, { scopes: WANTED }, REFRESH_TOKENS.notListed()],
  ])('says: %s', (_what, document, settings, cause) => same(refreshTokensFinding(document, settings), cause));

  it('advises offline_access only where a login brought no refresh token without it', () => {
    expect(REFRESH_TOKENS.noneCame(2, false).remedy).toContain('Add offline_access');
    const others = [REFRESH_TOKENS.noneCame(2, true), REFRESH_TOKENS.notRequested(), REFRESH_TOKENS.notListed()];
    expect(others.filter(({ remedy }) => remedy?.includes('offline_access'))).toEqual([]);
  });
});

describe(groupsClaimFinding, () => {
  const settings = { groupsKeptHours: 24, userClaim: null };
  it.each([
    ['groups', 'groups'],
    ['realm_access', 'realm_access.roles'],
    ['https://x.example/groups', 'https://x.example/groups'],
    ['https://x.example/app', 'https://x.example/app.roles'],
    ['https://x.example/app', '/https:~1~1x.example~1app/roles'],
  ])('finds the published claim %s by the name %s', (published, groupsClaim) => {
    const of = (claims: string[]) =>
      groupsClaimFinding({ claims_supported: claims }, { ...settings, groupsClaim }).detail;
    expect(of(['sub', published])).toContain(CLAIMS.announced(groupsClaim).detail);
    expect(of(['sub', 'https://y'])).toContain(CLAIMS.notListed([groupsClaim]).detail);
  });

  it('says that there are no groups without a claim, and nothing of a document that lists none', () => {
    same(groupsClaimFinding({}, { ...settings, groupsClaim: null }), CLAIMS.noGroups());
    const { status, detail } = groupsClaimFinding({}, { ...settings, groupsClaim: 'groups' });
    expect([status, detail]).toEqual(['SKIPPED', expect.stringContaining(CLAIMS.notAnnounced(['groups']).detail)]);
  });
});

describe(userClaimFinding, () => {
  const settings = { groupsClaim: null, groupsKeptHours: 0 };
  it.each<[string, Document, string | null, Finding]>([
    ['announced', { claims_supported: ['name'] }, null, CLAIMS.announced('name')],
    ['not listed', { claims_supported: ['sub'] }, 'badge', CLAIMS.notListed(['badge'])],
    ['no information', {}, null, CLAIMS.notAnnounced(['preferred_username', 'name'])],
  ])('says: %s', (_what, document, userClaim, cause) =>
    same(userClaimFinding(document, { ...settings, userClaim }), cause),
  );
});

describe(logoutFinding, () => {
  const SAYS_NOTHING = 'It does not report logouts.';
  it.each<[string, Document, boolean, Finding]>([
    ['available', { end_session_endpoint: 'https://id.example/end' }, true, LOGOUT.available(SAYS_NOTHING)],
    ['off', {}, false, LOGOUT.off(SAYS_NOTHING)],
    ['without an endpoint', {}, true, LOGOUT.withoutEndpoint()],
  ])('says: %s', (_what, document, logout, cause) => same(logoutFinding(document, { logout }), cause));
});
