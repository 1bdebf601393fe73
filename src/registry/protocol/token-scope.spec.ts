import { describe, expect, it } from '@jest/globals';
import { scopesIn } from './token-scope.js';

const refused = expect.objectContaining({ code: 'UNSUPPORTED', status: 400 });

describe(scopesIn.name, () => {
  it.each([
    ['repository:team/app:pull', { type: 'repository', name: 'team/app', actions: ['pull'] }],
    [
      'repository:team/app:pull,push,delete',
      { type: 'repository', name: 'team/app', actions: ['pull', 'push', 'delete'] },
    ],
    ['registry:catalog:*', { type: 'registry', name: 'catalog', actions: ['*'] }],
    ['repository(plugin):team/app:pull', { type: 'repository', name: 'team/app', actions: ['pull'] }],
    ['repository:Registry.example.com:5000/team/app:pull', { name: 'Registry.example.com:5000/team/app' }],
    ['repository:a__b/c-d/e.f/g--h:pull', { name: 'a__b/c-d/e.f/g--h' }],
    ['repository:team/app:', { type: 'repository', actions: [] }],
    ['other:thing:read', { type: 'other', name: 'thing', actions: ['read'] }],
  ])('reads %j', (text, scope) => {
    expect(scopesIn([text])).toEqual([expect.objectContaining(scope)]);
  });

  it.each([
    ...['repository', 'repository:team/app', ':team/app:pull', 'repository::pull', 'REPOSITORY:team/app:pull'],
    ...['repository:team/../app:pull', 'repository:..:pull', 'repository:./app:pull', 'repository:/app:pull'],
    ...['repository:team//app:pull', 'repository:team/app/:pull', 'repository:team/App:pull', 'repository:-app:pull'],
    ...[
      'repository:team/app:PULL',
      'repository:team/app:pull;push',
      'repository:te%61m/app:pull',
      'repository:a___b:pull',
    ],
    ...['repository:team/app\u0000:pull', 'repository:ünïcode:pull', `repository:${'a'.repeat(256)}:pull`],
  ])('refuses %j', (text) => {
    expect(() => scopesIn([text])).toThrow(refused);
  });

  it('takes repeated and joined ones, and brings together what is asked of one resource', () => {
    const scopes = scopesIn(['repository:a:pull repository:b:pull', 'repository:a:pull,push', '']);
    expect(scopes).toEqual([
      { type: 'repository', name: 'a', actions: ['pull', 'push'] },
      { type: 'repository', name: 'b', actions: ['pull'] },
    ]);
  });

  it('refuses a thousand of them, 100 kB of them, and a long list of actions', () => {
    expect(() => scopesIn(Array.from({ length: 1000 }, (_, index) => `repository:a${index}:pull`))).toThrow(refused);
    expect(() => scopesIn([`repository:a:${'pull,'.repeat(20_000)}pull`])).toThrow(refused);
    expect(() => scopesIn([`repository:a:${'pull,'.repeat(11)}push`])).toThrow(refused);
    expect(() => scopesIn([`repository:${':'.repeat(10_000)}:pull`])).toThrow(refused);
  });
});
