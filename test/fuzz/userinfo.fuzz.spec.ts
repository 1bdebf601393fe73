import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupsAfterRefresh } from '../../src/oidc/provider/refresh-userinfo.js';
import { askUserinfo } from '../../src/oidc/provider/userinfo.js';
import { textOf, tryOut } from '../support/fuzz.js';

const SUBJECT = '35';
const HONEST = { sub: SUBJECT, groups: ['crew'], name: 'Lin', email: 'lin@example.com' };
const METADATA = {
  issuer: 'https://id.example.com',
  userinfo_endpoint: 'https://id.example.com/userinfo',
  userinfo_signing_alg_values_supported: null,
};
const VERIFICATION = {
  keys: { claimsOf: () => Promise.reject(new Error('no key')) },
  clientId: 'mooring',
  at: new Date(0),
};

const ask = (status: number, body: string) =>
  askUserinfo(
    'at',
    SUBJECT,
    METADATA,
    { fetch: () => Promise.resolve(new Response(body || null, { status })) },
    VERIFICATION,
  );

describe('Whatever userinfo answers', () => {
  it('is used if it is about the same person, refused if it is about another, and else ignored with a reason', async () => {
    const sub = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>('35', 35, 35.5, '035', 'mallory', ''));
    const bent = fc.tuple(fc.constantFrom('sub', 'groups', 'name', 'iss'), sub);
    const member = bent.map(([name, value]) => JSON.stringify({ ...HONEST, [name]: value }));
    const body = fc.oneof(member, fc.json(), textOf('{', '}', '"sub":', '"35"', '35', ',', '.', 'eyJhbGciOiJub25lIn0'));
    const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.constantFrom(200, 201, 400, 401, 404, 500));
    const property = fc.asyncProperty(status, body, async (code, text) => {
      const { kind, claims, failure } = await ask(code, text);
      expect(claims === null).toBe(kind !== 'CLAIMS');
      expect(failure === null).toBe(kind === 'CLAIMS');
      if (claims) expect([code, claims.sub]).toEqual([200, SUBJECT]);
      expect(failure ?? '').not.toContain('mallory');
    });
    await tryOut('answers of userinfo', 0.1, property);
  });

  it('empties no groups unless the claim is absent and each refresh is confirmed', async () => {
    const claim = fc.option(fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>([], ['crew'], 'crew', {}, 17)));
    const property = fc.asyncProperty(claim, fc.boolean(), async (value, confirmAtUserinfo) => {
      const told = value === null ? {} : { groups: value };
      const rules = { issuer: METADATA.issuer, groupsClaim: 'groups', userClaim: null, confirmAtUserinfo };
      const grant = { subject: SUBJECT, isForeign: false };
      const answer = () => ask(200, JSON.stringify({ sub: SUBJECT, ...told }));
      const { groups } = await groupsAfterRefresh(null, grant, rules, answer);
      if (value === null) expect(groups).toEqual(confirmAtUserinfo ? [] : null);
      else if (typeof value !== 'object' && typeof value !== 'string') expect(groups).toBeNull();
    });
    await tryOut('groups of userinfo', 0.1, property);
  });
});
