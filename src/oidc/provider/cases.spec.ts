import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Claims } from './claim-paths.js';
import { ClaimNames, profileFrom } from './claims.js';
import { refreshAnswerOf } from './refresh-answer.js';

interface RefreshCase {
  readonly id: string;
  readonly status: number;
  readonly json: object;
  readonly kind: string;
}

interface ClaimsCase {
  readonly id: string;
  readonly settings: Partial<ClaimNames>;
  readonly idToken: Claims;
  readonly groups?: readonly string[];
  readonly username?: string;
}

function casesIn<T>(name: string): readonly T[] {
  const file = new URL(`../../../test/cases/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly T[] }).cases;
}

describe('Of real providers', () => {
  it.each(casesIn<RefreshCase>('refresh-answers'))('the answer $json of $id is $kind', ({ status, json, kind }) => {
    expect(refreshAnswerOf(status, JSON.stringify(json)).kind).toBe(kind);
  });

  it.each(casesIn<ClaimsCase>('groups'))('the claims of $id are read', ({ settings, idToken, groups, username }) => {
    const names = { groupsClaim: null, userClaim: null, ...settings };
    const profile = profileFrom({ iss: 'https://id.example', sub: 'lin-1', ...idToken }, null, names);
    if (groups) expect(profile.groups).toEqual(groups);
    if (username !== undefined) expect(profile.suggestedUsername).toBe(username);
    expect(groups ?? username).toBeDefined();
  });
});
