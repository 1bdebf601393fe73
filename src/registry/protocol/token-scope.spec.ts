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
    ['other:thing:read,pull', { type: 'other', name: 'thing', actions: ['pull'] }],
    ['repository:team/app:pull,sign,pull', { name: 'team/app', actions: ['pull'] }],
    ['repository:team/app:PULL', { name: 'team/app', actions: [] }],
    ['repository:team/app:pull;push', { name: 'team/app', actions: [] }],
    [`repository:team/app:${'pull,'.repeat(11)}push`, { name: 'team/app', actions: ['pull', 'push'] }],
  ])('reads %j', (text, scope) => {
    expect(scopesIn([text])).toEqual([expect.objectContaining(scope)]);
  });

  it.each([
    ...['repository', 'repository:team/app', ':team/app:pull', 'repository::pull', 'REPOSITORY:team/app:pull'],
    ...['repository:team/../app:pull', 'repository:..:pull', 'repository:./app:pull', 'repository:/app:pull'],
    ...['repository:team//app:pull', 'repository:team/app/:pull', 'repository:team/App:pull', 'repository:-app:pull'],
    ...['repository:te%61m/app:pull', 'repository:a___b:pull', 'artifact-repository:x:pull', 'a', '%:*:,'],
    ...['repository:team/app\u0000:pull', 'repository:ünïcode:pull', `repository:${'a'.repeat(256)}:pull`],
    `repository:${':'.repeat(10_000)}:pull`,
  ])('leaves out %j, and reads what is asked beside it', (text) => {
    expect(scopesIn([text])).toEqual([]);
    expect(scopesIn([`${text} repository:a:pull`])).toEqual([{ type: 'repository', name: 'a', actions: ['pull'] }]);
  });

  it('takes repeated and joined ones, and brings together what is asked of one resource', () => {
    const scopes = scopesIn(['repository:a:pull repository:b:pull', 'repository:a:pull,push', '']);
    expect(scopes).toEqual([
      { type: 'repository', name: 'a', actions: ['pull', 'push'] },
      { type: 'repository', name: 'b', actions: ['pull'] },
    ]);
  });

  it('refuses a thousand of them, and 100 kB of them', () => {
    expect(() => scopesIn(Array.from({ length: 1000 }, (_, index) => `repository:a${index}:pull`))).toThrow(refused);
    expect(() => scopesIn([`repository:a:${'pull,'.repeat(20_000)}pull`])).toThrow(refused);
  });
});
