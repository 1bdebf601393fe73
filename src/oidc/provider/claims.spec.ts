import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimOf, Claims } from './claim-paths.js';
import { ClaimNames, profileFrom } from './claims.js';
import { ProviderError } from './provider.errors.js';

const names: ClaimNames = { groupsClaim: 'groups', userClaim: null };
const lin = { iss: 'https://id.example', sub: 'lin-1' };

function profile(idToken: Claims, userinfo: Claims | null = null, claimNames = names) {
  return profileFrom({ ...lin, ...idToken }, userinfo, claimNames);
}

function groups(idToken: Claims, userinfo: Claims | null = null) {
  return profile(idToken, userinfo).groups;
}

describe(profileFrom, () => {
  it('takes each claim from the ID token and fills from userinfo what it lacks', () => {
    const idToken = { preferred_username: 'lin', email: null, groups: ['crew'] };
    const userinfo = { preferred_username: 'other', email: 'lin@example.com', name: 'Lin Marsh', groups: ['else'] };
    expect(profile(idToken, userinfo)).toEqual({
      issuer: 'https://id.example',
      subject: 'lin-1',
      suggestedUsername: 'lin',
      email: 'lin@example.com',
      realName: 'Lin Marsh',
      groups: ['crew'],
      groupsSource: 'ID_TOKEN',
    });
  });

  it('leaves out an e-mail address that is too long once it is folded', () => {
    expect(profile({ email: `${'\ufdfa'.repeat(10)}@example.com` }).email).not.toBeNull();
    expect(profile({ email: `${'\ufdfa'.repeat(20)}@example.com` }).email).toBeNull();
  });

  it('says when groups came from userinfo', () => {
    expect(profile({}, { groups: [] })).toMatchObject({ groups: [], groupsSource: 'USERINFO' });
  });

  it('takes the user name from the user claim alone where one is set', () => {
    const claims = { preferred_username: 'lin', name: 'Lin', nick: { short: 'li' } };
    expect(profile(claims, null, { ...names, userClaim: 'nick.short' }).suggestedUsername).toBe('li');
    expect(profile(claims, null, { ...names, userClaim: 'upn' }).suggestedUsername).toBeNull();
  });

  it('takes preferred_username before name, wherever they are, and never the e-mail address', () => {
    expect(profile({ name: 'Lin' }, { preferred_username: 'lin' }).suggestedUsername).toBe('lin');
    expect(profile({ name: 'Lin' }).suggestedUsername).toBe('Lin');
    expect(profile({ email: 'lin@example.com' }).suggestedUsername).toBeNull();
  });

  it.each<[string, unknown, string | null]>([
    ['a safe integer', 2001, '2001'],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['a number that is not safe', Number.MAX_SAFE_INTEGER + 1, null],
    ['a fraction', 1.5, null],
    ['a list of one', ['lin@example.test'], 'lin@example.test'],
    ['a list', [null, 7, ' ', 'lin', 'other'], 'lin'],
    ['a list of one number', [7], '7'],
    ['an empty list', [], null],
    ['a list in a list', [['lin']], null],
    ['a flag', true, null],
    ['an object', { name: 'lin' }, null],
    ['a blank text', ' ', null],
  ])('takes a user name from %s as it can be read', (_shape, value, expected) => {
    expect(profile({ badge: value }, null, { ...names, userClaim: 'badge' }).suggestedUsername).toBe(expected);
    expect(profile({ a: { 'b.c': [value] } }, null, { ...names, userClaim: '/a/b.c/0' }).suggestedUsername).toBe(
      expected,
    );
  });

  it('drops an e-mail address or name that is no text, has control characters or is too long', () => {
    expect(profile({ email: 7, name: 'Lin\nMarsh' })).toMatchObject({ email: null, realName: null });
    expect(profile({ email: 'a\u0000@b', name: ' ' })).toMatchObject({ email: null, realName: null });
    expect(profile({ email: `${'a'.repeat(254)}@`, name: 'n'.repeat(256) })).toMatchObject({
      email: null,
      realName: null,
    });
  });

  it('refuses a subject or issuer that is missing, too long or of other characters', () => {
    for (const sub of [undefined, '', 'é', 'a'.repeat(256), 12, 'a\n']) {
      expect(() => profile({ sub })).toThrow(ProviderError);
    }
    for (const iss of [undefined, '', `https://${'a'.repeat(250)}`]) {
      expect(() => profile({ iss })).toThrow(ProviderError);
    }
  });

  it('tells no groups from groups that are not known', () => {
    expect(groups({ groups: [] })).toEqual([]);
    expect(groups({})).toBeNull();
    expect(groups({ groups: null })).toBeNull();
    expect(groups({ groups: 7 })).toBeNull();
    expect(groups({ groups: [7, ['deep'], {}] })).toBeNull();
    expect(groups({ groups: ['', 'x'.repeat(256)] })).toBeNull();
    expect(profile({ groups: ['a'] }, null, { ...names, groupsClaim: null }).groups).toBeNull();
  });

  it('takes a single text for one group and drops what is no text', () => {
    expect(groups({ groups: 'crew' })).toEqual(['crew']);
    expect(groups({ groups: ['crew', 7, null, ['deep'], {}] })).toEqual(['crew']);
  });

  it.each<[string, unknown, string[] | null]>([
    [
      'an object, as Zitadel sends it',
      { admins: { 2001: 'a.example' }, dev: { 2001: 'a.example' } },
      ['admins', 'dev'],
    ],
    ['an empty object', {}, []],
    ['objects with a name', [{ name: 'admins', id: 1 }, { name: 'dev' }], ['admins', 'dev']],
    ['objects without a name', [{ id: 1 }, { id: 2 }], null],
    ['true', true, null],
    ['a text', 'dev,admins', ['dev,admins']],
  ])('reads %s', (_what, value, expected) => {
    expect(groups({ groups: value })).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [',', 'dev, admins', ['dev', 'admins']],
    [' ', 'dev  admins ', ['dev', 'admins']],
    ['|', 'dev', ['dev']],
    [',', '', []],
  ])('reads a text with the separator %j: %j', (groupsSeparator, value, expected) => {
    expect(profile({ groups: value }, null, { ...names, groupsSeparator }).groups).toEqual(expected);
  });

  it('takes a user name that is a number, or the first of a list, and nothing else that is no text', () => {
    const nameIn = (value: unknown) =>
      profile({ login: value }, null, { groupsClaim: null, userClaim: 'login' }).suggestedUsername;
    expect([nameIn(10023), nameIn(['lin@example.test']), nameIn([7])]).toEqual(['10023', 'lin@example.test', '7']);
    expect([nameIn(1.5), nameIn(2 ** 60), nameIn([]), nameIn({ a: 1 }), nameIn(true)]).toEqual(Array(5).fill(null));
  });

  it('finds no group that is not in the claim, and empties none, whatever its shape', () => {
    const separated = fc.option(fc.constantFrom(',', ' ', '; '));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), separated, (value, groupsSeparator) => {
        const found = profile({ groups: value }, null, { ...names, groupsSeparator }).groups;
        const isEmpty = Array.isArray(value) ? value.length === 0 : JSON.stringify(value) === '{}';
        if (found?.length === 0) expect(isEmpty || typeof value === 'string').toBe(true);
        const sent = JSON.stringify(value).normalize('NFC');
        for (const group of found ?? []) expect(sent).toContain(JSON.stringify(group).slice(1, -1));
      }),
      { seed: 19, numRuns: 2000 },
    );
  });

  it('holds groups for unknown when the provider only says where they are', () => {
    const elsewhere = { _claim_names: { groups: 'src1' } };
    expect(profile({ ...elsewhere, groups: ['half'] })).toMatchObject({ groups: null, groupsSource: null });
  });

  it('keeps group names as they are but for NFC, without blanks, doubles and over-long ones', () => {
    const long = '\u{1F6A2}'.repeat(255);
    const sent = ['e\u0301', '\u00e9', ' crew ', ' ', '', long, `${long}x`, '\ud800', 'Crew'];
    expect(groups({ groups: sent })).toEqual(['\u00e9', ' crew ', long, 'Crew']);
  });

  it('keeps at most 5,000 groups', () => {
    expect(groups({ groups: Array.from({ length: 5_001 }, (_, index) => `g${index}`) })).toHaveLength(5_000);
  });
});

describe(claimOf, () => {
  it('prefers the claim with the whole name to the path', () => {
    const claims = { realm_access: { roles: ['inner'] }, 'realm_access.roles': ['outer'] };
    expect(claimOf(claims, 'realm_access.roles')).toEqual(['outer']);
    expect(claimOf({ realm_access: { roles: ['inner'] } }, 'realm_access.roles')).toEqual(['inner']);
    expect(claimOf({ realm_access: ['roles'] }, 'realm_access.length')).toBeUndefined();
  });

  it.each([
    ['resource_access.registry.example.com.roles', ['admins', 'dev']],
    ['/resource_access/registry.example.com/roles', ['admins', 'dev']],
    ['/resource_access/registry.example.com/roles/1', 'dev'],
    ['urn:zitadel:iam:org:project:roles', 'urn'],
    ['https://example.com/groups', 'url'],
    ['/a~1b/c~0d', 'escaped'],
    ['/resource_access/nowhere', undefined],
    ['resource_access.registry.example.com.nowhere', undefined],
  ])('finds %s', (name, expected) => {
    const claims = {
      resource_access: { 'registry.example.com': { roles: ['admins', 'dev'] }, registry: { example: {} } },
      'urn:zitadel:iam:org:project:roles': 'urn',
      'https://example.com/groups': 'url',
      'a/b': { 'c~d': 'escaped' },
    };
    expect(claimOf(claims, name)).toEqual(expected);
  });

  it.each<[string, Claims, string, unknown]>([
    ['the literal claim beside a path', { 'a.b': 'literal', a: { b: 'path' } }, 'a.b', 'literal'],
    ['the literal claim, although it is null', { 'a.b': null, a: { b: 'path' } }, 'a.b', null],
    ['the longest step', { a: { b: { c: 'short' } }, 'a.b': { c: 'long' } }, 'a.b.c', 'long'],
    ['the longest step, not the longest rest', { 'a.b': { c: 'step' }, a: { 'b.c': 'rest' } }, 'a.b.c', 'step'],
    [
      'nothing, where the longest step does not go on',
      { 'a.b': { d: 1 }, a: { b: { c: 'other' } } },
      'a.b.c',
      undefined,
    ],
    ['nothing, where a longer step is an empty object', { 'a.b': {}, a: { 'b.c': 'other' } }, 'a.b.c', undefined],
    ['a path beside a text that leads nowhere', { 'a.b': 'text', a: { b: { c: 'path' } } }, 'a.b.c', 'path'],
    ['a path beside a list that leads nowhere', { 'a.b': ['c'], a: { b: { c: 'path' } } }, 'a.b.c', 'path'],
    ['nothing of another client', { r: { 'x.example': { roles: ['admins'] } } }, 'r.x.example.com.roles', undefined],
    ['the client with the longer id', { r: { x: { y: { roles: 1 } }, 'x.y': { roles: 2 } } }, 'r.x.y.roles', 2],
    ['nothing of a client with a shorter id', { r: { x: { roles: 1 }, 'x.y': {} } }, 'r.x.y.roles', undefined],
    ['what a pointer says, beside a longer step', { 'a.b': { c: 'long' }, a: { b: { c: 'path' } } }, '/a/b/c', 'path'],
    ['a step with a dot at its end', { 'a.': { b: 'found' } }, 'a..b', 'found'],
    ['nothing before the first dot', { '': { a: 1 } }, '.a', undefined],
  ])('finds %s', (_what, claims, name, expected) => {
    expect(claimOf(claims, name)).toEqual(expected);
  });

  it('looks at few members, however the claims are nested', () => {
    const name = Array(64).fill('a').join('.');
    let looks = 0;
    const counted: ProxyHandler<object> = {
      getOwnPropertyDescriptor: (target, key) => (looks++, Reflect.getOwnPropertyDescriptor(target, key)),
    };
    const nested = (depth: number): object => {
      const steps =
        depth === 0
          ? []
          : Array.from({ length: depth }, (_, more) =>
              Array(more + 1)
                .fill('a')
                .join('.'),
            );
      return new Proxy(Object.fromEntries(steps.map((step) => [step, nested(depth > 3 ? 3 : depth - 1)])), counted);
    };
    expect(claimOf(nested(32) as Claims, name)).toBeUndefined();
    expect(looks).toBeLessThan(64 * 4);
  });

  it('finds nothing that the provider did not send', () => {
    for (const name of [
      'constructor',
      '__proto__',
      'constructor.name',
      '/constructor',
      '/a/__proto__',
      'a.constructor.name',
      'a..b',
      '',
    ]) {
      expect(claimOf({ a: {} }, name)).toBeUndefined();
    }
  });
});
