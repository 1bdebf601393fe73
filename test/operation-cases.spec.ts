import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { demandAddress } from '../src/commands/listen.js';
import { browserCookie } from '../src/config/browser-cookie.js';
import { readEnvironment } from '../src/config/env.js';
import { redirectUriOf } from '../src/config/public-urls.js';
import { tokenRealmOf } from '../src/config/token-realm.js';

interface Cases {
  readonly cases: readonly {
    readonly id: string;
    readonly variables: Record<string, string>;
    readonly redirectUri: string;
    readonly realm: string;
    readonly cookie: { readonly name: string; readonly path: string };
  }[];
  readonly refused: readonly {
    readonly id: string;
    readonly variables: Record<string, string>;
    readonly says: string;
  }[];
}

const { cases, refused } = JSON.parse(readFileSync('test/cases/operation.json', 'utf8')) as Cases;

describe('The environment of an installation', () => {
  it.each(cases)('gives every address its place: $id', ({ variables, redirectUri, realm, cookie }) => {
    const environment = readEnvironment(variables);
    expect([redirectUriOf(environment), tokenRealmOf(environment)]).toEqual([redirectUri, realm]);
    const { name, attributes } = browserCookie(environment, 'mooring');
    expect({ name, path: attributes.path, secure: attributes.secure }).toEqual({ ...cookie, secure: true });
  });

  it.each(refused)('is refused in a sentence that names the variable: $id', async ({ variables, says }) => {
    await expect(demandAddress(readEnvironment({ ...variables, PORT: '0' }), false)).rejects.toThrow(says);
  });
});
