import type { AuthMode, ConfigFragment, ConfigurationPatch, OidcSettingsInput } from '../../../generated/graphql';
import { SETTINGS } from '../../../generated/settings';

type Declared = (typeof SETTINGS)[number];
/** A setting as the form is generated from it. */
export type FormField = Declared;
type Switch = Extract<Declared, { kind: 'flag' }>['name'];
type Text = Exclude<Declared['name'], Switch>;

/** The values of the form: text fields as typed, and checkboxes. */
export type Draft = Record<Text, string> & Record<Switch, boolean> & { authMode: AuthMode };
/** A text field of the form. */
export type TextField = Text;
/** A checkbox of the form. */
export type SwitchField = Switch;
/** Any field of the form. */
export type DraftField = keyof Draft;

/** The initial values of the form. */
export function draftOf(stored: ConfigFragment): Draft {
  const sections: Readonly<Record<Declared['section'], object>> = { general: stored, oidc: stored.oidc };
  const values = SETTINGS.map(({ name, section, kind }) => [
    name,
    valueOf(kind, (sections[section] as Readonly<Record<string, unknown>>)[name]),
  ]);
  return { ...(Object.fromEntries(values) as Draft), authMode: stored.authMode };
}

function valueOf(kind: Declared['kind'], value: unknown): string | boolean {
  if (kind === 'flag') return value === true;
  if (kind === 'texts') return (value as readonly string[]).join('\n');
  if (kind === 'parameters') return linesOf(value as ConfigFragment['oidc']['extraRedirectParameters']);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function linesOf(parameters: ConfigFragment['oidc']['extraRedirectParameters']): string {
  return parameters.map(({ name, value }) => `${name}=${value}`).join('\n');
}

/** The fields in which two drafts differ. */
export function differences(before: Draft, after: Draft): DraftField[] {
  return (Object.keys(after) as DraftField[]).filter((name) => before[name] !== after[name]);
}

/** Whether every line of the extra parameters has a name. */
export function hasValidParameters(draft: Draft): boolean {
  return parametersOf(draft).every(({ name }) => name !== '');
}

function parametersOf({ extraRedirectParameters }: Draft): { name: string; value: string }[] {
  const lines = extraRedirectParameters.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const at = line.indexOf('=');
    return { name: line.slice(0, Math.max(at, 0)).trim(), value: line.slice(at + 1).trim() };
  });
}

/** The changed settings of the provider, as input of the API. An emptied setting is cleared. */
export function oidcPatchOf(before: Draft, after: Draft): OidcSettingsInput {
  return changedIn('oidc', before, after);
}

function changedIn(section: Declared['section'], before: Draft, after: Draft): object {
  const changed = SETTINGS.filter((field) => field.section === section && before[field.name] !== after[field.name]);
  return Object.fromEntries(changed.map((field) => [field.name, inputOf(field, after)]));
}

function inputOf({ name, kind, nullable }: Declared, draft: Draft): unknown {
  if (kind === 'number') return Number(draft[name]);
  if (kind === 'texts') return namesIn(draft[name]);
  if (kind === 'parameters') return parametersOf(draft);
  const value = draft[name];
  return nullable && typeof value === 'string' ? value.trim() || null : value;
}

/** The names in a text with one a line. */
function namesIn(lines: string): string[] {
  const names = lines.split('\n').map((line) => line.trim());
  return names.filter((name) => name !== '');
}

/** All changed settings, as input of the API. */
export function patchOf(before: Draft, after: Draft): ConfigurationPatch {
  const oidc = oidcPatchOf(before, after);
  return {
    ...(changedIn('general', before, after) as ConfigurationPatch),
    ...(before.authMode !== after.authMode && { authMode: after.authMode }),
    ...(Object.keys(oidc).length > 0 && { oidc }),
  };
}

/** Applies the user's own changes on top of the settings that somebody else has saved in the meantime. */
export function rebased(before: Draft, mine: Draft, theirs: Draft): Draft {
  const typed = differences(before, mine).map((name) => [name, mine[name]]);
  return { ...theirs, ...(Object.fromEntries(typed) as Partial<Draft>) };
}
