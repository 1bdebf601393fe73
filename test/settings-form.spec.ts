import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../portal/src/generated/settings.js';
import { GENERAL_SETTINGS } from '../src/settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../src/settings/oidc-settings.schema.js';
import { anything, Setting, SettingPart } from '../src/settings/setting.js';
import { notShown, settingsFragments, settingsList } from '../tools/generate/settings-form.js';

const FORM = join(import.meta.dirname, '../portal/src/screens/administration/configuration');
const read = (path: string) => readFileSync(path, 'utf8');

const flag = (part: SettingPart, after?: string): Setting<unknown> => ({
  ...{ part, fallback: false, nullable: false, description: 'A flag.', problemOf: anything },
  ...(after && { after }),
});
const orderOf = (general: Record<string, Setting<unknown>>, oidc: Record<string, Setting<unknown>>) =>
  [...settingsList({ general, oidc }).matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);

describe('The settings form', () => {
  it('has every declared setting, except those that are declared as not shown, with a reason', () => {
    const declared = [...Object.keys(GENERAL_SETTINGS), ...Object.keys(OIDC_SETTINGS)];
    const shown: readonly string[] = SETTINGS.map(({ name }) => name);
    const missing = declared.filter((name) => !shown.includes(name));
    expect(missing).toEqual(['adminGroup']);
    expect(Object.keys(notShown())).toEqual(missing);
    expect(Object.values(notShown()).every((reason) => reason !== '')).toBe(true);
  });

  it('shows every part that a setting is in, exactly once', () => {
    const screens = readdirSync(FORM).filter((name) => name.endsWith('.tsx'));
    const text = screens.map((name) => read(join(FORM, name))).join('');
    const rendered = [...text.matchAll(/<SettingsPart form=\{form\} part="(\w+)"/g)].map(([, part = '']) => part);
    expect(rendered.sort()).toEqual([...new Set(SETTINGS.map(({ part }) => part))].sort());
  });

  it('is generated from the declarations as they are', () => {
    expect(read(join(FORM, '../../../generated/settings.ts'))).toBe(settingsList());
    expect(read(join(FORM, 'settings.generated.graphql'))).toBe(settingsFragments());
  });

  it('places a setting after the one that it names', () => {
    const order = ['first', 'late', 'second'];
    expect(orderOf({ late: flag('names', 'first') }, { first: flag('names'), second: flag('names') })).toEqual(order);
  });

  it.each([
    ['does not exist', { lost: flag('names', 'nothing') }],
    ['is in another part', { first: flag('trust'), lost: flag('names', 'first') }],
    ['follows another one', { first: flag('names'), second: flag('names', 'first'), lost: flag('names', 'second') }],
  ])('cannot be generated if a setting names one that %s', (_, general) => {
    expect(() => settingsList({ general, oidc: {} })).toThrow('lost: no setting');
  });
});
