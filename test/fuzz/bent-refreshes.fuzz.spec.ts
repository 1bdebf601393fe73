import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { ProviderGrant } from '../../src/grants/provider-grant.entity.js';
import { Bend, bendsOf, bent, Json, ownOf, toldGroups } from '../support/bent.js';
import { Browser } from '../support/browser.js';
import { Tally } from '../support/fault-table.js';
import { tryOut } from '../support/fuzz.js';
import { HostileIssuer } from '../support/hostile-provider.js';
import { HostileScenario } from '../support/hostile-scenario.js';

type Place = 'claims' | 'tokens' | 'userinfo';

const MEMBERS: Readonly<Record<Place, readonly string[]>> = {
  claims: [
    ...['iss', 'sub', 'sub', 'aud', 'exp', 'iat', 'nonce', 'azp', 'nbf', 'groups', 'groups', '_claim_names'],
    ...['preferred_username', 'name', 'email', 'sid', 'auth_time'],
  ],
  tokens: ['access_token', 'id_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'error', 'error'],
  userinfo: ['sub', 'sub', 'groups', 'groups', '_claim_names', 'preferred_username', 'name', 'email'],
};
const GROUPS = ['crew', 'dev'];
/** Longer than every pause after a failure, and than every lifetime but those that the provider makes up. */
const LATER_SECONDS = 3_700;
const KEPT = ['REFRESH_UNCLEAR', 'PROVIDER_UNAVAILABLE', 'PROVIDER_REJECTED_CLIENT'];

/** One answer of the provider to a refresh. */
interface Answer {
  readonly place: Place;
  readonly bend: Bend;
  readonly hasIdToken: boolean;
  readonly groupsIn: 'claims' | 'userinfo';
}

const HONEST: Answer = {
  place: 'tokens',
  bend: { member: 'unheard_of', how: 'absent', other: '' },
  hasIdToken: true,
  groupsIn: 'claims',
};

describe('A refresh at a provider that is bent in one member', () => {
  let scenario: HostileScenario;
  let issuer: HostileIssuer;
  let secret: string;
  let now = HONEST;
  /** The only refresh token that the provider takes. */
  let current = '';
  let told: { readonly claims: Json | null; readonly userinfo: Json | null; readonly tokens: Json };

  const bentAt = (place: Place, honest: Json) =>
    now.place === place ? bent(honest, now.bend) : JSON.stringify(honest);
  const claimsAt = (place: 'claims' | 'userinfo', honest: Json) => {
    const text = bentAt(place, { ...honest, ...(now.groupsIn === place && { groups: GROUPS }) });
    told = { ...told, [place]: JSON.parse(text) as Json };
    return text;
  };
  const issue = (honest: Json) => {
    const text = bentAt('tokens', { ...honest, ...(!now.hasIdToken && { id_token: undefined }) });
    const tokens = JSON.parse(text) as Json;
    told = { ...told, tokens };
    const { refresh_token: refreshToken } = tokens;
    const isRotated = typeof refreshToken === 'string' && refreshToken !== '' && !tokens.error;
    // As a form carries it.
    if (isRotated) current = refreshToken.replace(/\p{Cs}/gu, '\ufffd');
    return text;
  };
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    issuer = await scenario.issuer('lin', {
      claims: (honest) => claimsAt('claims', honest),
      userinfo: (honest) => claimsAt('userinfo', honest),
      tokens: issue,
      answer: (endpoint, _request, response) => {
        const form = issuer.asked.at(-1)?.form;
        const isSpent = endpoint === 'token' && form?.get('refresh_token') !== (form?.get('code') ? null : current);
        if (isSpent) response.writeHead(400).end('{"error":"invalid_grant"}');
        return isSpent;
      },
    });
    secret = await scenario.secretOf(await scenario.loggedIn(issuer));
  });
  afterAll(() => scenario.close());

  const grant = () => scenario.app.nest.get(DataSource).getRepository(ProviderGrant).findOneByOrFail({});
  const groupsOf = async () => (JSON.parse((await grant()).groupNames ?? 'null') as string[] | null)?.sort();
  const statusAfter = async (answer: Answer): Promise<string> => {
    now = answer;
    told = { claims: null, userinfo: null, tokens: {} };
    scenario.app.clock.advance(LATER_SECONDS);
    return (await scenario.verify('lin', secret)).status as string;
  };

  /** What a refresh that was taken must have shown. */
  const checkTaken = (wasForeign: boolean, hadGroups: string[] | undefined, groups: string[] | undefined) => {
    const { id_token: idToken } = told.tokens;
    const claims = typeof idToken === 'string' && idToken !== '' ? told.claims : null;
    const userinfo = told.userinfo?.sub === issuer.subject ? told.userinfo : null;
    if (claims) expect([claims.iss, claims.sub]).toEqual([issuer.url, issuer.subject]);
    if (wasForeign && !claims) expect(userinfo).not.toBeNull();
    const expected = toldGroups(claims) ?? toldGroups(userinfo) ?? hadGroups ?? [];
    expect(groups).toEqual([...expected].sort());
  };
  const checkAnswer = async (answer: Answer, answers: Tally): Promise<boolean> => {
    const [before, hadGroups] = [await grant(), await groupsOf()];
    // A lifetime that the provider made up may not be over yet.
    const isAsked = before.expiresAt <= new Date(scenario.app.clock.now().getTime() + LATER_SECONDS * 1000);
    const status = await statusAfter(answer);
    const [after, groups] = [await grant(), await groupsOf()];
    answers.add(isAsked ? status : 'not asked');
    if (!isAsked) return true;
    const isRefusal = ownOf(told.tokens, 'error') === 'invalid_grant';
    expect([status, after.endReason]).toEqual(
      isRefusal ? ['REFRESH_REJECTED', 'REFRESH_REJECTED'] : [expect.stringMatching(/^[A-Z_]+$/), null],
    );
    if (isRefusal) return false;
    if (status === 'VALID') {
      checkTaken(before.isForeign, hadGroups, groups);
      expect(after.isForeign).toBe(false);
    } else {
      expect(KEPT).toContain(status);
      expect(groups).toEqual(hadGroups);
    }
    return true;
  };

  it('ends no grant but by a refusal, heals as nobody else, and empties no groups by what can not be read', async () => {
    const answers = new Tally();
    const anAnswer = fc.constantFrom<Place>('claims', 'tokens', 'userinfo').chain((place) =>
      fc.record({
        place: fc.constant(place),
        bend: bendsOf(MEMBERS[place]),
        hasIdToken: fc.boolean(),
        groupsIn: fc.constantFrom('claims' as const, 'userinfo' as const),
      }),
    );
    const property = fc.asyncProperty(fc.array(anAnswer, { minLength: 1, maxLength: 3 }), async (all) => {
      now = HONEST;
      await scenario.login(new Browser());
      let isKept = true;
      for (const answer of all) isKept &&= await checkAnswer(answer, answers);
      if (!isKept) return;
      // Longer than any lifetime in these answers is not to be waited for: what counts then is that it counts.
      expect(await statusAfter(HONEST)).toBe('VALID');
    });
    await tryOut('refreshes at a bent provider', 0.01, property, answers);
  });
});
