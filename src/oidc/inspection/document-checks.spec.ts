import { describe, expect, it } from '@jest/globals';
import { Document } from './discovery-lists.js';
import { AuthorizationAnswer, onlyRedirectUri } from './authorization-answer.js';
import { CLAIMS, groupsClaimFinding, userClaimFinding } from './claims-check.js';
import { CODE_FLOW, codeFlowFinding, PKCE, pkceFinding } from './code-flow-check.js';
import { LOGOUT, logoutFinding } from './logout-check.js';
import { Finding, skipped } from './provider-report.js';
import { REFRESH_TOKENS, refreshTokensFinding, SCOPES, scopesFinding, ScopeSettings } from './scopes-check.js';

const SILENT = onlyRedirectUri(skipped('nothing'));
const TAKEN: AuthorizationAnswer = { ...SILENT, isTaken: true };
const REFUSED = (words: string): AuthorizationAnswer => ({ ...SILENT, refusedScope: words, refusedFlow: words });
const WANTED = ['openid', 'groups', 'offline_access'];

const same = (found: Finding, cause: Finding) => expect(found).toEqual(cause);

describe(codeFlowFinding, () => {
  it.each<[string, Document, AuthorizationAnswer | null, Finding]>([
    ['this client may not use it', { response_types_supported: ['code'] }, REFUSED('x'), CODE_FLOW.refused('x')],
    ['the provider takes it, whatever it lists', { response_types_supported: ['token'] }, TAKEN, CODE_FLOW.taken()],
    ['pushed requests only', { require_pushed_authorization_requests: true }, TAKEN, CODE_FLOW.pushedOnly()],
    ['response types without code', { response_types_supported: ['id_token'] }, SILENT, CODE_FLOW.notListed()],
    ['grants without it', { grant_types_supported: ['implicit'] }, SILENT, CODE_FLOW.grantNotListed()],
    ['announced', { response_types_supported: ['code'] }, null, CODE_FLOW.announced()],
    ['no information', {}, null, CODE_FLOW.notAnnounced()],
  ])('says: %s', (_what, document, told, cause) => same(codeFlowFinding(document, told), cause));
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
    ['openid is missing', listed, ['groups'], TAKEN, SCOPES.withoutOpenid()],
    ['one is refused', listed, WANTED, REFUSED('no "groups"'), SCOPES.refused('no "groups"', ['groups'])],
    ['some are refused', listed, WANTED, REFUSED('no'), SCOPES.refused('no', ['groups', 'offline_access'])],
    ['taken', listed, WANTED, TAKEN, SCOPES.taken(3)],
    ['announced', listed, WANTED, SILENT, SCOPES.announced(3)],
    ['not listed', { scopes_supported: ['openid'] }, WANTED, TAKEN, SCOPES.notListed(['groups', 'offline_access'])],
    ['no information', {}, WANTED, TAKEN, SCOPES.notAnnounced()],
  ])('says: %s', (_what, document, scopes, told, cause) => same(scopesFinding(document, { scopes }, told), cause));

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
