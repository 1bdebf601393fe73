import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AccessSubjectKind, RegistryAction } from '../protocol/registry-action.js';
import { ANONYMOUS, DecidingRule, grantedScopes, grantingRule, RegistrySubject, rulesFor } from './access.policy.js';
import { RepositoryPattern } from '../rule-contents/index.js';
import { RulesBySubject } from './rules-by-subject.js';

const ruleFor = (pattern: string, changes: Partial<DecidingRule> = {}): DecidingRule => ({
  id: pattern,
  pattern: new RepositoryPattern(pattern),
  actions: new Set([RegistryAction.PULL]),
  subjectKind: AccessSubjectKind.AUTHENTICATED,
  userId: null,
  groupName: null,
  service: null,
  ...changes,
});
const LIN: RegistrySubject = {
  userId: 'u-lin',
  username: 'lin',
  repositoryName: 'lin',
  isAdmin: false,
  groups: new Set(['crew']),
};
const ADMIN: RegistrySubject = { ...LIN, isAdmin: true };
const actionsOn = (rules: readonly DecidingRule[], subject: RegistrySubject, name: string, actions: string[]) =>
  grantedScopes(rules, subject, [{ type: 'repository', name, actions }])[0]?.actions ?? [];

const WORDS: Record<RegistryAction, string> = { PULL: 'pull', PUSH: 'push', DELETE: 'delete' };
const part = fc.constantFrom('team', 'users', 'lin', 'sam', 'a', 'b');
const repository = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const pattern = fc
  .array(fc.oneof(part, fc.constantFrom('*', 'l*', '${username}', '**')), { minLength: 1, maxLength: 4 })
  .filter((parts) => parts.filter((one) => one === '**').length <= 1)
  .map((parts) => parts.join('/'));
const group = fc.constantFrom('crew', 'pilots');
const userId = fc.constantFrom('u-lin', 'u-sam');
const rules = fc.array(
  fc.record({
    text: pattern,
    actions: fc.subarray(Object.values(RegistryAction)),
    subjectKind: fc.constantFrom(...Object.values(AccessSubjectKind)),
    userId,
    groupName: group,
  }),
  { maxLength: 8 },
);
const subject = fc.oneof(
  fc.constant(ANONYMOUS),
  fc.record({
    userId,
    username: fc.constant('x'),
    repositoryName: fc.constantFrom('lin', 'sam', null),
    isAdmin: fc.constant(false),
    groups: fc.subarray(['crew', 'pilots']).map((names) => new Set(names)),
  }),
);
const scope = fc.record({
  type: fc.constantFrom('repository', 'registry', 'other'),
  name: fc.oneof(repository, fc.constant('catalog')),
  actions: fc.subarray(['pull', 'push', 'delete', '*', 'read']),
});

/** The patterns again, as regular expressions: written apart from the code that is tested. */
function matchesAsExpression(text: string, name: string, username: string | null): boolean {
  if (text.includes('${username}') && username === null) return false;
  const source = text
    .split('/')
    .map((one) =>
      one === '**' ? '[^/]+(?:/[^/]+)*' : one.replace('${username}', username ?? '').replace('*', '[^/]*'),
    )
    .join('/');
  return new RegExp(`^${source}$`).test(name);
}

describe('The access policy', () => {
  it('denies whatever no rule grants', () => {
    expect(actionsOn([], LIN, 'team/app', ['pull', 'push', 'delete', '*'])).toEqual([]);
    expect(grantingRule([], LIN, 'team/app', RegistryAction.PULL)).toBeUndefined();
  });

  it('grants the intersection, from all rules together, and leaves out what is empty', () => {
    const both = [ruleFor('team/*'), ruleFor('**', { actions: new Set([RegistryAction.DELETE]) })];
    expect(actionsOn(both, LIN, 'team/app', ['pull', 'push', 'delete'])).toEqual(['pull', 'delete']);
    expect(actionsOn([ruleFor('team/*')], LIN, 'other/app', ['pull'])).toEqual([]);
  });

  it('grants anybody what is for ANYONE alone', () => {
    const mixed = [ruleFor('public/*', { subjectKind: AccessSubjectKind.ANYONE }), ruleFor('**')];
    expect(actionsOn(mixed, ANONYMOUS, 'public/app', ['pull'])).toEqual(['pull']);
    expect(actionsOn(mixed, ANONYMOUS, 'team/app', ['pull'])).toEqual([]);
    expect(actionsOn(mixed, LIN, 'public/app', ['pull'])).toEqual(['pull']);
  });

  it('takes * on a repository for every action that is granted there', () => {
    expect(actionsOn([ruleFor('team/*')], LIN, 'team/app', ['*'])).toEqual(['pull']);
    expect(actionsOn([], ADMIN, 'team/app', ['*'])).toEqual(['pull', 'push', 'delete']);
  });

  it('counts a rule of one service at its registry only, and a rule of none at all of them', () => {
    const rules = [ruleFor('all/*'), ruleFor('zot/*', { service: 'zot' }), ruleFor('other/*', { service: 'Zot' })];
    const idsFor = (service: string) => rulesFor(rules, service).map(({ id }) => id);
    expect([idsFor('zot'), idsFor('Zot'), idsFor('registry')]).toEqual([
      ['all/*', 'zot/*'],
      ['all/*', 'other/*'],
      ['all/*'],
    ]);
    const bySubject = new RulesBySubject(rules);
    expect(bySubject.concerning(LIN, 'zot').map(({ id }) => id)).toEqual(['all/*', 'zot/*']);
  });

  it('looks only at rules that can concern the client', () => {
    const those = [
      ruleFor('any/*', { subjectKind: AccessSubjectKind.ANYONE }),
      ruleFor('all/*'),
      ruleFor('lin/*', { subjectKind: AccessSubjectKind.USER, userId: 'u-lin' }),
      ruleFor('sam/*', { subjectKind: AccessSubjectKind.USER, userId: 'u-sam' }),
      ruleFor('crew/*', { subjectKind: AccessSubjectKind.GROUP, groupName: 'crew' }),
      ruleFor('pilots/*', { subjectKind: AccessSubjectKind.GROUP, groupName: 'pilots' }),
      ruleFor('nobody/*', { subjectKind: AccessSubjectKind.GROUP }),
    ];
    const idsFor = (who: RegistrySubject) => new RulesBySubject(those).concerning(who, 'registry').map(({ id }) => id);
    expect(idsFor(LIN).sort()).toEqual(['all/*', 'any/*', 'crew/*', 'lin/*']);
    expect(idsFor(ANONYMOUS)).toEqual(['any/*']);
  });

  it('gives the catalog to administrators alone', () => {
    const catalog = [{ type: 'registry', name: 'catalog', actions: ['*'] }];
    expect(grantedScopes([ruleFor('**')], LIN, catalog)).toEqual([]);
    expect(grantedScopes([], ADMIN, catalog)).toEqual(catalog);
  });

  it('never grants an action that no rule grants, whatever is asked, and never withholds one that a rule grants', () => {
    const property = fc.property(rules, subject, fc.array(scope, { maxLength: 4 }), (written, who, asked) => {
      const deciding = written.map(({ text, actions, ...rest }) => ({
        ...ruleFor(text, rest),
        actions: new Set(actions),
      }));
      const isFor: Record<AccessSubjectKind, (rule: (typeof written)[number]) => boolean> = {
        ANYONE: () => true,
        AUTHENTICATED: () => who.userId !== null,
        USER: (rule) => rule.userId === who.userId,
        GROUP: (rule) => who.groups.has(rule.groupName),
      };
      const allowed = (name: string) =>
        new Set(
          written
            .filter((rule) => isFor[rule.subjectKind](rule) && matchesAsExpression(rule.text, name, who.repositoryName))
            .flatMap(({ actions }) => actions.map((action) => WORDS[action])),
        );
      const concerning = new RulesBySubject(deciding).concerning(who, 'registry');
      for (const one of asked) {
        const [granted] = grantedScopes(concerning, who, [one]);
        expect(grantedScopes(deciding, who, [one])[0]?.actions).toEqual(granted?.actions);
        const wanted = one.actions.includes('*') ? Object.values(WORDS) : one.actions;
        const expected = one.type === 'repository' ? wanted.filter((action) => allowed(one.name).has(action)) : [];
        expect(new Set(granted?.actions ?? [])).toEqual(new Set(expected));
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
