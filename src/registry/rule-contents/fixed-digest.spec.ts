import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cipher } from '../../common/crypto/cipher.js';
import { readEnvironment } from '../../config/env.js';
import { Installation } from '../../settings/installation.js';
import { fixedDigestOf } from './fixed-digest.js';

describe(fixedDigestOf, () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-digest-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const installation = new Installation(new Cipher([Buffer.alloc(32, 1)]), Buffer.alloc(32, 2));
  const digestOf = async (file: object) => {
    const path = join(folder, 'settings.yaml');
    await writeFile(path, JSON.stringify(file), { mode: 0o600 });
    return fixedDigestOf(readEnvironment({ SETTINGS_FILE: path }), installation);
  };

  const oidc = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'A-secret-of-us-1' };
  const group = { repositoryPattern: 'a/*', actions: ['PULL', 'PUSH'], subjectKind: 'GROUP', groupName: 'caf\u00e9' };
  const user = { repositoryPattern: 'b/*', actions: ['PULL'], subjectKind: 'USER', username: 'Lin' };
  const file = {
    sessionIdleMinutes: 30,
    oidc: { ...oidc, adminGroups: ['caf\u00e9', 'b'] },
    accessRules: [group, user],
  };

  it.each<[string, object]>([
    ['in another order', { accessRules: [user, group], oidc: file.oidc, sessionIdleMinutes: 30 }],
    [
      'with lists in another order',
      {
        ...file,
        oidc: { ...file.oidc, adminGroups: ['b', 'caf\u00e9'] },
        accessRules: [{ ...group, actions: ['PUSH', 'PULL'] }, user],
      },
    ],
    [
      'in another normal form of Unicode',
      {
        ...file,
        oidc: { ...file.oidc, adminGroups: ['cafe\u0301', 'b'] },
        accessRules: [{ ...group, groupName: 'cafe\u0301' }, user],
      },
    ],
    [
      'with null for what a rule does not have',
      { ...file, accessRules: [{ ...group, username: null, service: null }, user] },
    ],
    ['with a user name in another spelling', { ...file, accessRules: [group, { ...user, username: 'LIN' }] }],
  ])('is the same for the same %s', async (_how, other) => expect(await digestOf(other)).toBe(await digestOf(file)));

  it.each<[string, object]>([
    ['a setting', { ...file, sessionIdleMinutes: 31 }],
    ['the auth mode', { ...file, authMode: 'DATABASE' }],
    ['the secret', { ...file, oidc: { ...file.oidc, clientSecret: 'A-secret-of-us-2' } }],
    ['a setting that is cleared', { ...file, oidc: { ...file.oidc, groupsClaim: null } }],
    ['a rule', { ...file, accessRules: [group] }],
    ['the action of a rule', { ...file, accessRules: [{ ...group, actions: ['PULL'] }, user] }],
  ])('differs where %s does', async (_what, other) => expect(await digestOf(other)).not.toBe(await digestOf(file)));
});
