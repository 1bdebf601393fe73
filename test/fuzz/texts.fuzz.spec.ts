import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../src/common/text/case-folding.js';
import { safeReturnPath } from '../../src/http/safe-return-path.js';
import { profileFrom } from '../../src/oidc/provider/claims.js';
import { ProviderError } from '../../src/oidc/provider/provider.errors.js';
import { basicCredentials } from '../../src/http/basic-credentials.js';
import { BadTokenRequest } from '../../src/registry/protocol/registry.errors.js';
import { isRepositoryName } from '../../src/registry/protocol/repository-name.js';
import { problemOfPattern, RepositoryPattern } from '../../src/registry/rule-contents/repository-pattern.js';
import { scopesIn } from '../../src/registry/protocol/token-scope.js';
import { groupFilterProblem, groupsThatCount } from '../../src/settings/group-rules.js';
import { nearestValidName, problemOfForm, storedForm, USERNAME_MAX_LENGTH } from '../../src/users/names/username.js';
import { textOf, tryOut } from '../support/fuzz.js';

const HERE = 'https://mooring.example.com';

/** What is thrown for a reason that is known, as null; everything else that is thrown is a defect. */
function unless<Result>(known: new (...parts: never[]) => Error, step: () => Result): Result | null {
  try {
    return step();
  } catch (error) {
    if (error instanceof known) return null;
    throw error;
  }
}

describe('Whatever is sent', () => {
  it('a scope is understood in one way, or refused', async () => {
    const any = textOf('repository', 'registry', ':', 'team/app', 'pull', ',', '*', '(', ')', 'plugin', ' ', '/', '..');
    const type = fc.constantFrom('repository', 'registry', 'repository(plugin)');
    const name = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 3 });
    const actions = fc.array(fc.constantFrom('pull', 'push', 'delete', '*', ''), { maxLength: 5 });
    const formed = fc
      .tuple(type, name, actions)
      .map(([of, parts, list]) => `${of}:${parts.join('/')}:${list.join(',')}`);
    const scope = fc.oneof(any, formed);
    const property = fc.property(fc.array(scope, { maxLength: 4 }), (texts) => {
      const scopes = unless(BadTokenRequest, () => scopesIn(texts));
      for (const { type, name, actions } of scopes ?? []) {
        expect(type).toMatch(/^[a-z0-9]+$/);
        expect(isRepositoryName(name)).toBe(true);
        for (const action of actions) expect(texts.join(' ')).toContain(action);
      }
      const again = scopes?.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`);
      if (again) expect(scopesIn(again)).toEqual(scopes);
    });
    await tryOut('scope grammar', 0.14, property);
  });

  it('a return path leads nowhere but here', async () => {
    const pieces = [
      '/',
      '\\',
      '//',
      '..',
      '.',
      '@',
      ':',
      'https:',
      'javascript:',
      '%2f',
      '%5c',
      '?',
      '#',
      ' ',
      '。',
      '\t',
      '\n',
    ];
    const property = fc.property(textOf(...pieces, 'evil.example', 'profile', '\u0000', '\u200b'), (wanted) => {
      const path = safeReturnPath(wanted);
      expect(path).toMatch(/^\/(?![/\\])/);
      expect(new URL(path, HERE).origin).toBe(HERE);
      // What is once safe stays as it is.
      expect(safeReturnPath(path)).toBe(path);
    });
    await tryOut('return paths', 0.14, property);
  });

  it('claims give a profile that can be stored, or are refused', async () => {
    const name = fc.constantFrom(
      'iss',
      'sub',
      'email',
      'name',
      'preferred_username',
      'groups',
      '_claim_names',
      'a',
      'a.b',
      '__proto__',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.string({ minLength: 250, maxLength: 300 }),
    );
    const usable = fc.record({ iss: fc.constant('https://id.example.com'), sub: fc.string({ minLength: 1 }) });
    const claims = fc
      .tuple(fc.dictionary(name, value), fc.option(usable))
      .map(([any, known]) => ({ ...any, ...known }));
    const names = fc.record({ groupsClaim: fc.option(name), userClaim: fc.option(name) });
    const property = fc.property(claims, fc.option(claims), names, (idToken, userinfo, claimNames) => {
      const profile = unless(ProviderError, () => profileFrom(idToken, userinfo, claimNames));
      if (!profile) return;
      expect(profile.subject).toMatch(/^[\x20-\x7e]{1,255}$/);
      for (const text of [profile.email, profile.realName])
        if (text !== null) expect(text).toMatch(/^[^\p{Cc}\p{Cs}]{1,255}$/u);
      for (const group of profile.groups ?? []) expect(group).toMatch(/^[^\p{Cs}]{1,255}$/u);
      expect(new Set(profile.groups).size).toBe(profile.groups?.length ?? 0);
    });
    await tryOut('claims to profile', 0.14, property);
  });

  it('a user name is refused, or keeps to the rule in every form of it', async () => {
    const pieces = [
      'a',
      'B',
      'ß',
      'ς',
      'Σ',
      'İ',
      'ﬁ',
      'е',
      'あ',
      '漢',
      '한',
      '\u0301',
      '\u202e',
      '\u200d',
      ' ',
      ',',
      ':',
      '%',
      '١',
    ];
    const property = fc.property(textOf(...pieces, 'anonymous', 'x'.repeat(255)), (name) => {
      expect(fold(fold(name))).toBe(fold(name));
      const made = nearestValidName(name);
      if (made !== null) expect(problemOfForm(made)).toBeUndefined();
      if (problemOfForm(name) !== undefined) return;
      for (const form of [storedForm(name), fold(name)]) {
        expect([...form].length).toBeLessThanOrEqual(USERNAME_MAX_LENGTH);
        expect(form).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Z},:"~#%$/\\]/u);
      }
      expect(fold(storedForm(name))).toBe(fold(name));
    });
    await tryOut('user names', 0.14, property);
  });

  it('a group filter is refused, or finds some of the groups', async () => {
    const pieces = [
      'a',
      '.',
      '*',
      '+',
      '?',
      '(',
      ')',
      '[',
      ']',
      '^',
      '$',
      '|',
      '{1,9}',
      '{1000}',
      '\\d',
      '\\p{L}',
      '(?i)',
      '(?=',
      '\\1',
    ];
    const property = fc.property(textOf(...pieces), fc.array(fc.string({ unit: 'grapheme' })), (filter, names) => {
      const problem = groupFilterProblem(filter);
      if (problem !== undefined) return expect(problem).toMatch(/^must /);
      const counting = groupsThatCount({ groupFilter: filter }, names);
      return expect(names).toEqual(expect.arrayContaining([...counting]));
    });
    await tryOut('group filters', 0.14, property);
  });

  it('a repository pattern is refused, or matches whatever it is without its blanks', async () => {
    const component = textOf('team', 'app', '*', '-', '_', '.', 'A').filter((text) => text.length < 20);
    const whole = fc.constantFrom('**', '*', '${username}', 'team');
    const pattern = fc
      .array(fc.oneof(component, whole, whole), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join('/'));
    const property = fc.property(pattern, fc.stringMatching(/^[a-z]{1,9}$/), (text, word) => {
      if (problemOfPattern(text) !== undefined) return;
      const name = text.replaceAll('${username}', word).replaceAll('**', word).replaceAll('*', word);
      expect(new RepositoryPattern(text).matches(name.split('/'), word)).toBe(true);
    });
    await tryOut('repository patterns', 0.14, property);
  });

  it('a Basic header gives back what was put in, or nothing', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    const encoded = fc
      .tuple(text, text)
      .map(([username, secret]) => ({ username: username.replaceAll(':', ''), secret }))
      .map((put) => ({ put, header: `Basic ${Buffer.from(`${put.username}:${put.secret}`).toString('base64')}` }));
    const broken = textOf('Basic ', 'Bearer ', 'bGluOg==', '=', ':', 'AAAA', '/', '+').map((header) => ({
      put: null,
      header,
    }));
    const property = fc.property(fc.oneof(encoded, broken), ({ put, header }) => {
      const read = basicCredentials(header);
      if (put) expect([read?.username, read?.secret.reveal()]).toEqual([put.username, put.secret]);
      else expect(read?.username ?? '').not.toContain(':');
    });
    await tryOut('Basic headers', 0.14, property);
  });
});
