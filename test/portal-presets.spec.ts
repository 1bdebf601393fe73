import { describe, expect, it } from '@jest/globals';
import {
  changesBy,
  DEFAULT_SCOPE,
  keptFrom,
  Preset,
  PRESET_NAMES,
  PRESETS,
} from '../portal/src/screens/administration/configuration/presets.js';
import { readPastedEndpoint } from '../portal/src/screens/administration/configuration/pasted-endpoint.js';
import { words } from '../portal/src/words.js';
import { OIDC_SETTINGS } from '../src/settings/oidc-settings.schema.js';
import { scopesOf } from '../src/settings/oidc-setting-problems.js';

const EMPTY = { scope: DEFAULT_SCOPE, groupsClaim: '', extraRedirectParameters: '' };
const parametersOf = (lines: string) =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ name: line.slice(0, line.indexOf('=')), value: line.slice(line.indexOf('=') + 1) }));

describe('The presets of the portal', () => {
  it('are those of nine products, each with a note', () => {
    expect(PRESET_NAMES.map((name) => PRESETS[name].product)).toEqual([
      ...['Keycloak', 'Okta', 'Entra ID', 'Google', 'dex', 'GitLab', 'Authentik', 'Auth0', 'Zitadel'],
    ]);
    const { notes, pages } = words.configuration.presets;
    expect([Object.keys(notes), Object.keys(pages)]).toEqual([PRESET_NAMES, PRESET_NAMES]);
  });

  it.each(PRESET_NAMES)('are complete and valid settings: %s', (name) => {
    const { endpoint, values, screen }: Preset = PRESETS[name];
    expect(OIDC_SETTINGS.endpoint.problemOf(endpoint)).toBeUndefined();
    expect(readPastedEndpoint(endpoint).corrections).toEqual([]);
    expect(OIDC_SETTINGS.scope.problemOf(values.scope)).toBeUndefined();
    if (values.groupsClaim !== '') expect(OIDC_SETTINGS.groupsClaim.problemOf(values.groupsClaim)).toBeUndefined();
    const parameters = parametersOf(values.extraRedirectParameters);
    expect(OIDC_SETTINGS.extraRedirectParameters.problemOf(parameters)).toBeUndefined();
    expect(Object.values(screen).filter((text) => text.trim() === '')).toEqual([]);
    expect(words.configuration.presets.notes[name]).toMatch(/\.$/);
  });

  it('ask each product for refresh tokens in its own way', () => {
    const asking = PRESET_NAMES.filter((name) => scopesOf(PRESETS[name].values.scope).includes('offline_access'));
    expect(PRESET_NAMES.filter((name) => !asking.includes(name))).toEqual(['google', 'gitlab']);
    const withParameters = PRESET_NAMES.filter((name) => PRESETS[name].values.extraRedirectParameters !== '');
    expect(withParameters).toEqual(['google']);
    expect(parametersOf(PRESETS.google.values.extraRedirectParameters)).toEqual([
      { name: 'access_type', value: 'offline' },
      { name: 'prompt', value: 'consent' },
    ]);
  });

  it('know the default scope of the server', () => expect(DEFAULT_SCOPE).toBe(OIDC_SETTINGS.scope.fallback));

  it('fill in empty and default fields, and what another preset has filled in', () => {
    expect(changesBy(PRESETS.keycloak, EMPTY)).toEqual(['groupsClaim']);
    expect(changesBy(PRESETS.google, EMPTY)).toEqual(['scope', 'extraRedirectParameters']);
    expect(changesBy(PRESETS.keycloak, PRESETS.google.values)).toEqual([
      ...['scope', 'groupsClaim', 'extraRedirectParameters'],
    ]);
  });

  it('keep what somebody has typed', () => {
    const typed = { scope: 'openid,crew', groupsClaim: 'crew', extraRedirectParameters: 'prompt=login' };
    expect(changesBy(PRESETS.google, typed)).toEqual([]);
    expect(keptFrom(PRESETS.google, typed)).toEqual(['scope', 'groupsClaim', 'extraRedirectParameters']);
    expect(keptFrom(PRESETS.google, PRESETS.google.values)).toEqual([]);
  });
});
