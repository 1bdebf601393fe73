import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimOf, Claims } from './claim-paths.js';
import { profileFrom } from './claims.js';
import { GroupsClaim, groupsIn } from './group-claims.js';

const parsed = (json: string) => JSON.parse(json) as Claims;
const told = (value: unknown, groupsSeparator: string | null = null) =>
  groupsIn({ groups: value }, { groupsClaim: 'groups', groupsSeparator });
const many = (count: number) => Array.from({ length: count }, (_, index) => `g${index}`);
const LONGEST = 'x'.repeat(255);

describe(groupsIn, () => {
  it.each<[string, unknown, string | null, string[]]>([
    ['a list', ['admins', 'dev'], null, ['admins', 'dev']],
    ['an empty list', [], null, []],
    ['one text', 'admins', null, ['admins']],
    ['one text with a comma, without a separator', 'dev,admins', null, ['dev,admins']],
    ['delimited text', 'dev,admins', ',', ['dev', 'admins']],
    ['delimited text with blanks and empty parts', ' dev , ,admins,', ',', ['dev', 'admins']],
    ['text delimited by blanks', 'dev  admins', ' ', ['dev', 'admins']],
    ['text delimited by several characters', 'a||b', '||', ['a', 'b']],
    ['delimited text without a part', '', ',', []],
    ['text of separators', ' , ', ',', []],
    ['members of a list are not split', ['dev,admins'], ',', ['dev,admins']],
    ['the roles of Zitadel', { admins: { 2001: 'a.example' }, dev: { 2001: 'a.example' } }, null, ['admins', 'dev']],
    ['an object of lists', { admins: [], dev: ['x'] }, null, ['admins', 'dev']],
    ['an empty object', {}, null, []],
    ['objects with a name', [{ id: 1, name: 'admins' }, { name: 'dev' }], null, ['admins', 'dev']],
    ['objects and texts', ['admins', { name: 'dev' }], null, ['admins', 'dev']],
    ['the same group twice', ['dev', 'dev'], null, ['dev']],
    ['the longest name', [LONGEST], null, [LONGEST]],
  ])('reads %s', (_shape, value, separator, groups) => {
    expect(told(value, separator)).toEqual({ groups, problem: null });
  });

  it.each<[string, unknown, string]>([
    ['a number', 7, 'the groups claim is a number'],
    ['a flag', true, 'the groups claim is a boolean'],
    ['a blank text', ' ', 'the groups claim has no member that can be read'],
    ['objects without a name', [{ id: 1 }, { id: 2 }], 'the groups claim has no member that can be read'],
    ['objects whose name is no text', [{ name: { de: 'dev' } }], 'the groups claim has no member that can be read'],
    ['lists in a list', [['admins']], 'the groups claim has no member that can be read'],
    ['a list of numbers and null', [1, null], 'the groups claim has no member that can be read'],
    ['an object of flags', { admins: false }, 'the groups claim has no member that can be read'],
    ['an object of texts', { error: 'not found' }, 'the groups claim has no member that can be read'],
    ['only a name that is too long', [`${LONGEST}x`], 'the groups claim has no member that can be read'],
    ['only half a character', ['\ud800'], 'the groups claim has no member that can be read'],
  ])('holds groups for unknown where the claim is %s', (_shape, value, problem) => {
    expect(told(value)).toEqual({ groups: null, problem });
  });

  it('tells nothing of a claim that is absent or null', () => {
    for (const value of [undefined, null]) expect(told(value)).toEqual({ groups: null, problem: null });
    expect(groupsIn({ groups: ['a'] }, { groupsClaim: null })).toEqual({ groups: null, problem: null });
  });

  it('says what it left out, and never the value', () => {
    expect(told(['crew', 7, {}, 'x'.repeat(256)])).toEqual({
      groups: ['crew'],
      problem: "3 of 4 members of the groups claim can't be read",
    });
    expect(told(['\u00f6', 'o\u0308', 'crew'])).toEqual({
      groups: ['\u00f6', 'crew'],
      problem: '1 group names equal another one in NFC',
    });
    const { groups, problem } = told(many(5_001));
    expect([groups?.length, groups?.at(-1), problem]).toEqual([
      ...[5_000, 'g4999', 'only the first 5000 of 5001 groups are read'],
    ]);
  });

  it('puts names into NFC in every shape, and measures them so', () => {
    const [nfd, nfc] = ['Administrato\u0308rer', 'Administrat\u00f6rer'];
    for (const value of [nfd, [nfd], [{ name: nfd }], { [nfd]: {} }]) expect(told(value).groups).toEqual([nfc]);
    expect(told(['o\u0308'.repeat(255)]).groups).toEqual(['\u00f6'.repeat(255)]);
  });

  it.each<[string, object, string]>([
    ['a claim named by a URL', { 'https://x.example/groups': ['a'] }, 'https://x.example/groups'],
    ['the claim of Zitadel', { 'urn:zitadel:iam:org:project:roles': { a: {} } }, 'urn:zitadel:iam:org:project:roles'],
    ['client roles', { resource_access: { mooring: { roles: ['a'] } } }, 'resource_access.mooring.roles'],
    [
      'client roles of a client with dots',
      { resource_access: { 'registry.example.com': { roles: ['a'] }, registry: { roles: ['b'] } } },
      'resource_access.registry.example.com.roles',
    ],
    ['a URL that ends in a path', { 'https://x.example/app': { roles: ['a'] } }, 'https://x.example/app.roles'],
    ['a pointer', { resource_access: { 'a.b': { roles: ['a'] } } }, '/resource_access/a.b/roles'],
    ['a pointer with escapes', { 'https://x.example/~g': ['a'] }, '/https:~1~1x.example~1~0g'],
    ['a pointer into a list', { orgs: [{ roles: ['b'] }, { roles: ['a'] }] }, '/orgs/1/roles'],
  ])('finds %s', (_what, claims, groupsClaim) => {
    expect(groupsIn(claims as Claims, { groupsClaim }).groups).toEqual(['a']);
  });

  it('holds groups for unknown where the path or the pointer ends nowhere', () => {
    const claims = { a: { b: ['x'] }, 'a.b': { d: 1 }, list: [['x']] };
    const nowhere = ['a.c', 'a.b.c', 'list.0', '/a/c', '/list/00', '/list/-', '/list/9', '/a/b/0/x', '/~2', '/a/'];
    for (const groupsClaim of nowhere) {
      expect([groupsClaim, groupsIn(claims, { groupsClaim }).groups]).toEqual([groupsClaim, null]);
    }
  });

  it.each([
    ['groups', 'groups'],
    ['resource_access', 'resource_access.mooring.roles'],
    ['https://x.example/groups', 'https://x.example/groups'],
    ['https://x.example/app', 'https://x.example/app.roles'],
    ['a', '/a/b'],
  ])('holds groups for unknown where the provider names a source of %s', (source, groupsClaim) => {
    const claims = { [groupsClaim]: ['half'], a: { b: ['half'] }, _claim_names: { [source]: 'src1' } };
    expect(groupsIn(claims, { groupsClaim })).toEqual({
      groups: null,
      problem: 'the provider only names their source (_claim_names)',
    });
  });

  it('takes own members only', () => {
    expect(told(parsed('{ "__proto__": {}, "constructor": {} }')).groups).toEqual(['__proto__', 'constructor']);
    expect(told([parsed('{ "__proto__": { "name": "admins" } }')]).groups).toBeNull();
    for (const groupsClaim of [
      '__proto__',
      'constructor',
      'groups.constructor.name',
      '/constructor',
      '/groups/length',
    ]) {
      expect(groupsIn({ groups: ['a'] }, { groupsClaim })).toEqual({ groups: null, problem: null });
    }
  });

  it('reads deep and long claims in bounded work', () => {
    const deep = parsed(`${'{"a":'.repeat(5_000)}["x"]${'}'.repeat(5_000)}`);
    expect(groupsIn(deep, { groupsClaim: 'a.'.repeat(127).slice(0, -1) }).groups).toEqual(['a']);
    expect(told(parsed(`{"g":${'['.repeat(5_000)}${']'.repeat(5_000)}}`).g).groups).toBeNull();
    expect(told('\u0301'.repeat(1_000_000)).groups).toBeNull();
    expect(told(many(200_000).join(','), ',').groups).toHaveLength(5_000);
  });
});

/** Every text in a value: those that it holds, and the names of its members. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(textsIn)];
}

function isEmptyOnPurpose(value: unknown, separator: string | null): boolean {
  if (typeof value === 'string')
    return separator !== null && value.split(separator).every((part) => part.trim() === '');
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

describe('groups of any shape', () => {
  const name = fc.constantFrom('groups', 'a', 'a.b', 'name', '__proto__', 'constructor', '_claim_names', 'x/y', '');
  const { value } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom(null, true, false, 7, '', ',', 'a,b')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('object')),
  }));
  const claims = fc.dictionary(name, value, { maxKeys: 5 }) as fc.Arbitrary<Claims>;
  const rules: fc.Arbitrary<GroupsClaim & { readonly groupsClaim: string }> = fc.record({
    groupsClaim: fc.oneof(name, fc.constantFrom('a.b.groups', '/a/b', '/groups/0', '/x~1y', '/~', '/', 'a.a.b')),
    groupsSeparator: fc.option(fc.constantFrom(',', ' ', ';;')),
  });

  it('never throw, never name a group that is not in the claim, and are empty only on purpose', () => {
    fc.assert(
      fc.property(claims, rules, (sent, how) => {
        const { groups } = groupsIn(sent, how);
        const found = claimOf(sent, how.groupsClaim);
        const { groupsSeparator: separator = null } = how;
        const parts = separator === null ? [] : textsIn(found).flatMap((text) => text.split(separator));
        const inClaim = new Set(
          [...textsIn(found), ...parts.map((part) => part.trim())].map((t) => t.normalize('NFC')),
        );
        expect((groups ?? []).filter((group) => !inClaim.has(group))).toEqual([]);
        if (groups?.length === 0) expect(isEmptyOnPurpose(found, separator)).toBe(true);
      }),
      { seed: 19, numRuns: 2_000 },
    );
  });

  it('never change whose login it is', () => {
    const identity = { iss: 'https://id.example', sub: 'lin-1' };
    fc.assert(
      fc.property(claims, claims, rules, fc.option(name), (idToken, userinfo, how, userClaim) => {
        const profile = profileFrom({ ...idToken, ...identity }, userinfo, { ...how, userClaim });
        expect(profile).toMatchObject({ issuer: identity.iss, subject: identity.sub });
        expect(['string', 'object']).toContain(typeof profile.suggestedUsername);
      }),
      { seed: 19, numRuns: 1_000 },
    );
  });
});
