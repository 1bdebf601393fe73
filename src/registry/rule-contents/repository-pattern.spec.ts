import { describe, expect, it } from '@jest/globals';
import { problemOfPattern, RepositoryPattern } from './repository-pattern.js';
import { isRepositoryName, repositoryNameOf } from '../protocol/repository-name.js';

const matches = (pattern: string, name: string, username: string | null = null) =>
  new RepositoryPattern(pattern).matches(name.split('/'), username);

describe(RepositoryPattern.name, () => {
  it.each([
    ['team/app', 'team/app'],
    ['team/*', 'team/app'],
    ['team/app-*', 'team/app-one'],
    ['team/*-test', 'team/one-test'],
    ['team/a*a', 'team/aa'],
    ['team/**', 'team/app'],
    ['team/**', 'team/app/part/more'],
    ['**', 'anything/at/all'],
    ['**/public', 'team/app/public'],
    ['team/**/public', 'team/a/b/public'],
  ])('%s matches %s', (pattern, name) => {
    expect(matches(pattern, name)).toBe(true);
  });

  it.each([
    ['team/app', 'team/app2'],
    ['team/app', 'team/app/part'],
    ['team/*', 'team/app/part'],
    ['team/*', 'teams/app'],
    ['team/a*a', 'team/a'],
    ['team/**', 'team'],
    ['team/**/public', 'team/public'],
    ['*', 'team/app'],
    ['team.app', 'teamxapp'],
  ])('%s does not match %s', (pattern, name) => {
    expect(matches(pattern, name)).toBe(false);
  });

  it('puts the folded name of who asks in place of ${username}, and matches nothing where there is none', () => {
    expect(matches('users/${username}/**', 'users/lin/app', 'lin')).toBe(true);
    expect(matches('users/${username}/**', 'users/sam/app', 'lin')).toBe(false);
    expect(matches('users/${username}/**', 'users/lin/app', null)).toBe(false);
    expect(matches('users/${username}/**', 'users/${username}/app', null)).toBe(false);
  });

  it('tells names like its first part, where that is literal at least in part', () => {
    const isLike = (pattern: string, name: string) => new RepositoryPattern(pattern).beginsWith(name);
    expect(isLike('team/**', 'team')).toBe(true);
    expect(isLike('team-*/**', 'team-one')).toBe(true);
    expect([
      isLike('team/**', 'lin'),
      isLike('**', 'lin'),
      isLike('*/x', 'lin'),
      isLike('${username}/**', 'lin'),
    ]).toEqual([false, false, false, false]);
  });
});

describe(problemOfPattern.name, () => {
  it.each(['team', 'team/*', 'team/**', 'users/${username}/**', '**', 'a*b/c', '${username}', 'a/**/b'])(
    'takes %s',
    (text) => {
      expect(problemOfPattern(text)).toBeUndefined();
    },
  );

  it.each([
    ...[
      '',
      '/',
      'team/',
      '/team',
      'team//app',
      'Team/app',
      'team/a*b*c',
      'team/**/a/**',
      'team/***',
      'x**',
      'team/app:v1',
    ],
    ...[
      '${username}-x/app',
      '${user}',
      'team/..',
      '.',
      'team/ app',
      'team/-*',
      'a'.repeat(256),
      'team\u0000',
      '[a-z]',
      'a|b',
    ],
  ])('refuses %j', (text) => {
    expect(problemOfPattern(text)).toContain('must be');
  });
});

describe(repositoryNameOf.name, () => {
  it.each([
    ['Lin', 'lin'],
    ['ＬＩＮ', 'lin'],
    ['lin.chen', 'lin.chen'],
    ['lin@example.com', null],
    ['björn', null],
    ['.lin', null],
    ['lin_', null],
  ])('of %s is %s', (username, name) => {
    expect(repositoryNameOf(username)).toBe(name);
  });

  it('is always a component of a repository name', () => {
    expect(isRepositoryName(`users/${repositoryNameOf('Lin')}/app`)).toBe(true);
  });

  it.each([
    ['users/${username}/**', 'users/lin'],
    ['${username}/*', 'lin'],
    ['team/${username}/own/**', 'team/lin/own'],
    ['users/**', null],
    ['users/${username}', null],
    ['*/${username}/**', null],
    ['users/${username}/a*', null],
  ])('gives a user the folder of %s: %s', (pattern, folder) => {
    expect(new RepositoryPattern(pattern).folderOf('lin')).toBe(folder);
  });
});
