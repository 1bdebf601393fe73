import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { InvalidEnvironment, readEnvironment } from '../config/env.js';
import { fixedNames, NOTHING_FIXED, unchangeableNames } from './fixed-settings.js';
import { fixedSettingsOf } from './read-fixed-settings.js';

const fixed = (settings: unknown) => fixedSettingsOf(readEnvironment({ FIXED_SETTINGS: JSON.stringify(settings) }));

function problemsOf(settings: unknown): readonly string[] {
  try {
    fixed(settings);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironment) return error.problems;
    throw error;
  }
}

describe(fixedSettingsOf, () => {
  it('fixes nothing where nothing is said', () => {
    expect(fixedSettingsOf(readEnvironment({}))).toBe(NOTHING_FIXED);
  });

  it('takes every kind of setting, and null for what can be cleared', () => {
    const parameters = [{ name: 'prompt', value: 'login' }];
    const settings = fixed({
      ...{ authMode: 'DATABASE', selfRegistration: true, auditRetentionDays: 30 },
      oidc: { name: null, scope: 'openid', autoOnboard: true, extraRedirectParameters: parameters },
    });
    expect(settings).toEqual({
      variable: 'FIXED_SETTINGS',
      authMode: 'DATABASE',
      general: { selfRegistration: true, auditRetentionDays: 30 },
      oidc: { name: null, scope: 'openid', autoOnboard: true, extraRedirectParameters: parameters },
    });
    expect(fixedNames(settings)).toContain('oidc.autoOnboard');
  });

  it('fixes the admin groups under both of their names', () => {
    expect(fixed({ oidc: { adminGroup: 'admins' } }).oidc).toEqual({ adminGroup: 'admins', adminGroups: ['admins'] });
    const groups = { adminGroup: 'admins', adminGroups: ['admins', 'platform'] };
    expect(fixed({ oidc: { adminGroups: groups.adminGroups } }).oidc).toEqual(groups);
    expect(fixed({ oidc: groups }).oidc).toEqual(groups);
    expect(problemsOf({ oidc: { ...groups, adminGroup: 'platform' } })).toEqual([
      'FIXED_SETTINGS oidc.adminGroups must begin with oidc.adminGroup; fix one of the two.',
    ]);
  });

  it('fixes lists of names and numbers of days', () => {
    const oidc = { loginGroups: ['crew', 'Administrato\u0308rer'], maxSignInDays: 30 };
    expect(fixed({ oidc }).oidc).toEqual({ ...oidc, loginGroups: ['crew', 'Administrat\u00f6rer'] });
    expect(problemsOf({ oidc: { loginGroups: 'crew', maxSignInDays: '30' } })).toHaveLength(2);
    expect(problemsOf({ oidc: { loginGroups: ['crew', 5] } })).toHaveLength(1);
  });

  it('wraps the client secret, which is shown nowhere', () => {
    const settings = fixed({ oidc: { endpoint: 'https://id.example.org', clientSecret: 'hunter2-Secret' } });
    expect(settings.oidc.clientSecret?.reveal()).toBe('hunter2-Secret');
    expect(inspect(settings, { depth: 9 })).not.toContain('hunter2');
  });

  it('fixes an endpoint without a secret for a client without one, and then no stored secret counts', () => {
    const oidc = { endpoint: 'https://id.example.org', clientAuthentication: 'none' };
    expect(fixed({ oidc }).oidc).toEqual({ ...oidc, discoveryUrl: null, clientSecret: null });
    expect(problemsOf({ oidc: { endpoint: oidc.endpoint } })).toHaveLength(1);
    expect(problemsOf({ oidc: { ...oidc, clientAuthentication: 'basic' } })).toContain(
      'FIXED_SETTINGS oidc.clientAuthentication must be one of automatic, client_secret_basic, client_secret_post, none, private_key_jwt.',
    );
  });

  it('fixes the discovery URL with the endpoint only, and without one no stored URL counts', () => {
    const oidc = { endpoint: 'https://id.example.org', clientSecret: 'hunter2-Secret' };
    expect(fixed({ oidc }).oidc.discoveryUrl).toBeNull();
    expect(fixedNames(fixed({ oidc }))).not.toContain('oidc.discoveryUrl');
    expect(unchangeableNames(fixed({ oidc }))).toContain('oidc.discoveryUrl');
    const discoveryUrl = 'https://id.example.org/a?p=b';
    expect(fixed({ oidc: { ...oidc, discoveryUrl } }).oidc.discoveryUrl).toBe(discoveryUrl);
    expect(problemsOf({ oidc: { discoveryUrl } })).toEqual([
      'FIXED_SETTINGS oidc.discoveryUrl can be fixed only together with oidc.endpoint.',
    ]);
  });

  it('reports every problem at once, by the name of the setting, and quotes no value', () => {
    const problems = problemsOf({
      ...{ authMode: 'LDAP-hunter2', sessionIdleMinutes: 1, unheard: 'hunter2', selfRegistration: 'hunter2' },
      oidc: { scope: 'hunter2', verifyCertificate: null, groupFilter: '(', clientSecret: 'hunter2', toString: 1 },
    });
    const names = problems.map((problem) => /^FIXED_SETTINGS (\S+) /.exec(problem)?.[1]).sort();
    expect(names).toEqual(
      ['authMode', 'sessionIdleMinutes', 'unheard', 'selfRegistration', 'oidc.scope', 'oidc.verifyCertificate']
        .concat(['oidc.groupFilter', 'oidc.toString', 'oidc.endpoint'])
        .sort(),
    );
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([{ oidc: [] }, { oidc: { name: 5 } }, { oidc: { extraRedirectParameters: [null] } }, { authMode: null }])(
    'refuses the wrong type in %j',
    (settings) => {
      expect(problemsOf(settings)).toHaveLength(1);
    },
  );

  it.each(['[]', 'null', '{', '"text"'])('is refused with the rest of the environment where it is %s', (text) => {
    expect(() => readEnvironment({ FIXED_SETTINGS: text, PORT: 'x' })).toThrow(/PORT .*\n.*FIXED_SETTINGS/s);
  });
});
