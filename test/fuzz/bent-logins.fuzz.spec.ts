import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Bend, bendsOf, bent, Json, ownOf, toldGroups, toldNames } from '../support/bent.js';
import { Browser, Page } from '../support/browser.js';
import { ONBOARD } from '../support/documents.js';
import { Tally } from '../support/fault-table.js';
import { tryOut } from '../support/fuzz.js';
import { Misbehaviour } from '../support/hostile-provider.js';
import { HostileScenario } from '../support/hostile-scenario.js';

type Place = 'document' | 'keys' | 'claims' | 'tokens' | 'userinfo';

const MEMBERS: Readonly<Record<Place, readonly string[]>> = {
  document: [
    ...['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'end_session_endpoint'],
    ...['response_types_supported', 'id_token_signing_alg_values_supported', 'token_endpoint_auth_methods_supported'],
    ...['userinfo_signing_alg_values_supported', 'authorization_response_iss_parameter_supported'],
    ...['mtls_endpoint_aliases', 'tls_client_certificate_bound_access_tokens', 'scopes_supported', 'unheard_of'],
  ],
  keys: ['kty', 'n', 'e', 'kid', 'use', 'alg', 'key_ops', 'x5c'],
  claims: [
    ...['iss', 'sub', 'aud', 'exp', 'iat', 'nonce', 'azp', 'nbf', 'auth_time', 'at_hash', 'sid', 'acr', 'amr'],
    ...['preferred_username', 'name', 'email', 'groups', '_claim_names', 'preferred_username'],
  ],
  tokens: ['access_token', 'id_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'error'],
  userinfo: ['sub', 'preferred_username', 'name', 'email', 'groups', '_claim_names', 'iss', 'aud'],
};
/** Without these no login is finished; every other member may be bent in any way. */
const NEEDED = new Set([
  ...['document issuer', 'document authorization_endpoint', 'document token_endpoint', 'document jwks_uri'],
  ...['document userinfo_endpoint', 'document end_session_endpoint', 'document id_token_signing_alg_values_supported'],
  ...[
    'document authorization_response_iss_parameter_supported',
    'keys kty',
    'keys n',
    'keys e',
    'keys kid',
    'keys use',
  ],
  ...['keys alg', 'keys key_ops', 'claims iss', 'claims sub', 'claims aud', 'claims exp', 'claims iat', 'claims nonce'],
  ...['claims azp', 'claims nbf', 'claims auth_time', 'tokens access_token', 'tokens id_token', 'tokens token_type'],
  ...['tokens refresh_token', 'tokens error', 'userinfo sub'],
]);
/** What else names the member. */
const OTHER_NAMES: Readonly<Record<string, RegExp>> = {
  'document issuer': /publishes (no|the) issuer/,
  'document id_token_signing_alg_values_supported': /signed the ID token by RS256, .* discovery document/,
  'document authorization_response_iss_parameter_supported': /`iss`/,
  'claims exp': /`exp`/,
  'tokens error': /refused the (login|client)|did not answer|ended the login/,
};
const BASE_GROUPS = ['crew', 'dev'];

interface Case {
  readonly place: Place;
  readonly bend: Bend;
  /** Whether the person has logged in before. */
  readonly isKnown: boolean;
  readonly groupsIn: 'claims' | 'userinfo';
}

describe('A login at a provider that is bent in one member', () => {
  let scenario: HostileScenario;
  let url: string;
  let now: Case | null = null;
  let person = 0;
  let told: { claims: Json; userinfo: Json };
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const name = () => `person${person}`;
  const bentAt = (place: Place, honest: Json) =>
    now?.place === place ? bent(honest, now.bend) : JSON.stringify(honest);
  const claimsAt = (place: 'claims' | 'userinfo', honest: Json) => {
    const groups = (now?.groupsIn ?? 'claims') === place ? { groups: BASE_GROUPS } : {};
    const isNamed = place === 'claims' || now?.groupsIn === 'userinfo';
    const own = { ...honest, sub: `sub-${name()}`, preferred_username: isNamed ? name() : undefined, ...groups };
    const text = bentAt(place, own);
    told = { ...told, [place]: JSON.parse(text) as Json };
    return text;
  };
  /** Opens an issuer, so that settings, document and keys are read anew. */
  const open = async (issuer: string) => {
    const misbehaviour: Misbehaviour = {
      document: (honest) => bentAt('document', honest),
      keys: ([key]) => `{"keys":[${bentAt('keys', key as Json)}]}`,
      claims: (honest) => claimsAt('claims', { ...honest, email: undefined }),
      tokens: (honest) => bentAt('tokens', honest),
      userinfo: (honest) => claimsAt('userinfo', honest),
    };
    ({ url } = await scenario.issuer(issuer, misbehaviour));
  };
  const begin = (one: Case | null) => {
    now = one;
    told = { claims: {}, userinfo: {} };
    // Beyond the pause between two fetches of the keys.
    scenario.app.clock.advance(10);
  };

  const checkRefusal = ({ place, bend }: Case, page: Page) => {
    const alert = /<p role="alert">([^]*?)<\/p>/.exec(page.text)?.[1]?.replaceAll('&#39;', "'") ?? '';
    const where = `${place} ${bend.member}`;
    expect([where, [403, 502, 503].includes(page.status)]).toEqual([where, true]);
    const named = place === 'keys' ? /\bkey\b|\bkeys\b/ : (OTHER_NAMES[where] ?? new RegExp(`\\b${bend.member}\\b`));
    expect(`${where}: ${alert}`).toEqual(expect.stringMatching(new RegExp(`: .*(${named.source})`)));
    expect(alert).not.toContain('mallory');
    expect([...NEEDED]).toContain(where);
  };
  const checkSuccess = async (page: Page, browser: Browser, isKnown: boolean) => {
    const { claims } = told;
    const subject = ownOf(claims, 'sub') as string;
    const userinfo = [subject, Number(subject)].includes(ownOf(told.userinfo, 'sub') as string) ? told.userinfo : null;
    const isNew = page.url.pathname === '/onboarding';
    if (isNew) await scenario.app.ask(browser, ONBOARD, { input: { username: `chosen${person}` } });
    const { username, oidcIdentity, groups } = await scenario.me(browser);
    expect([oidcIdentity.issuer, oidcIdentity.issuer]).toEqual([ownOf(claims, 'iss'), url]);
    expect(oidcIdentity.subject).toBe(subject);
    expect([claims.aud].flat()).toContain('mooring');
    expect([typeof claims.exp, typeof claims.iat]).toEqual(['number', 'number']);
    const expected = toldGroups(claims) ?? toldGroups(userinfo) ?? (isKnown ? BASE_GROUPS : []);
    expect(groups.map((group: { name: string }) => group.name).sort()).toEqual([...expected].sort());
    const best = toldNames(claims, userinfo)[0];
    if (isNew) expect(best).not.toBe(name());
    else expect(username).toBe(isKnown ? name() : best);
    return isNew ? 'onboarding' : 'logged in';
  };
  const tryLogin = async (one: Case, isKnown: boolean, answers: Tally) => {
    begin(one);
    const browser = new Browser();
    const page = await scenario.login(browser);
    if (page.text === '') return answers.add(await checkSuccess(page, browser, isKnown));
    checkRefusal(one, page);
    answers.add(`HTTP ${page.status}`);
  };
  const casesAt = (...places: Place[]): fc.Arbitrary<Case> =>
    fc.constantFrom(...places).chain((place) =>
      fc.record({
        place: fc.constant(place),
        bend: bendsOf(MEMBERS[place]),
        isKnown: fc.boolean(),
        groupsIn: fc.constantFrom('claims' as const, 'userinfo' as const),
      }),
    );

  it('of its discovery document or key succeeds as the right person, or is refused with a text that names it', async () => {
    const answers = new Tally();
    const property = fc.asyncProperty(casesAt('document', 'keys'), async (one) => {
      person++;
      begin(one);
      await open(`bent${person}`);
      await tryLogin(one, false, answers);
    });
    await tryOut('logins by bent documents and keys', 0.01, property, answers);
  });

  it('of its tokens, claims or userinfo succeeds as the right person, or is refused with a text that names it', async () => {
    const answers = new Tally();
    begin(null);
    await open('straight');
    const property = fc.asyncProperty(casesAt('claims', 'claims', 'tokens', 'userinfo'), async (one) => {
      person++;
      begin(null);
      if (one.isKnown) expect((await scenario.login(new Browser())).url.pathname).toBe('/profile');
      await tryLogin(one, one.isKnown, answers);
    });
    await tryOut('logins by bent tokens and claims', 0.02, property, answers);
  });
});
