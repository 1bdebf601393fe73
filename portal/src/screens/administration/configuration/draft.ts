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

/** Whether a setting has the value that it has before anybody changes it. */
export function isUsual({ name, kind, fallback }: Declared, draft: Draft): boolean {
  return draft[name] === valueOf(kind, fallback);
}

function valueOf(kind: Declared['kind'], value: unknown): string | boolean {
  if (kind === 'flag') return value === true;
  if (kind === 'parameters') return linesOf(value as ConfigFragment['oidc']['extraRedirectParameters']);
  if (kind === 'texts') return (value as readonly string[]).join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function linesOf(parameters: ConfigFragment['oidc']['extraRedirectParameters']): string {
  return parameters.map(({ name, value }) => `${name}=${value}`).join('\n');
}

/** The fields in which two drafts differ. */
export function differences(before: Draft, after: Draft): DraftField[] {
  return (Object.keys(after) as DraftField[]).filter((name) => before[name] !== after[name]);
}

/** What is wrong with a field as typed: found here, because the API could not be sent what was meant. */
export type FieldProblem = 'badParameter' | 'badNumber';

/** The problem of a field as typed, if any. */
export function problemOf({ name, kind }: Declared, draft: Draft): FieldProblem | undefined {
  if (kind === 'number') return WHOLE_NUMBER.test(draft[name]) ? undefined : 'badNumber';
  if (kind !== 'parameters') return undefined;
  return parametersOf(draft[name]).every((parameter) => parameter.name !== '') ? undefined : 'badParameter';
}

const WHOLE_NUMBER = /^\s*-?\d{1,9}\s*$/;

/** The fields that cannot be saved as typed. Those that the auth mode hides are not sent. */
export function fieldsWithProblems(draft: Draft): Declared['name'][] {
  return SETTINGS.filter((field) => isShown(field, draft) && problemOf(field, draft)).map(({ name }) => name);
}

/** Whether the page shows a setting in the auth mode of a draft. */
export function isShown({ onlyIn }: Declared, { authMode }: Draft): boolean {
  return onlyIn === null || onlyIn === authMode;
}

function parametersOf(text: string): { name: string; value: string }[] {
  return itemsOf(text).map((line) => {
    const at = line.indexOf('=');
    return { name: line.slice(0, Math.max(at, 0)).trim(), value: line.slice(at + 1).trim() };
  });
}

function itemsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

/**
 * The settings of the provider as one text: two drafts with the same text are tested alike. Without the client secret, which the
 * form forgets when it is saved.
 */
export function providerTextOf(draft: Draft): string {
  const fields = SETTINGS.filter(({ section, kind }) => section === 'oidc' && kind !== 'secret');
  return JSON.stringify(fields.map(({ name }) => draft[name]));
}

/** The changed settings of the provider, as input of the API. An emptied setting is cleared. */
export function oidcPatchOf(before: Draft, after: Draft): OidcSettingsInput {
  return changedIn('oidc', before, after);
}

function changedIn(section: Declared['section'], before: Draft, after: Draft): object {
  const isChanged = ({ name }: Declared) => before[name] !== after[name];
  const changed = SETTINGS.filter((field) => field.section === section && isShown(field, after) && isChanged(field));
  return Object.fromEntries(changed.map((field) => [field.name, inputOf(field, after)]));
}

function inputOf(field: Declared, draft: Draft): unknown {
  const { name, kind, nullable } = field;
  // Left out of the JSON, so that the stored number stays: an emptied field is not 0.
  if (kind === 'number') return problemOf(field, draft) ? undefined : Number(draft[name]);
  if (kind === 'parameters') return parametersOf(draft[name]);
  if (kind === 'texts') return itemsOf(draft[name]);
  const value = draft[name];
  return nullable && typeof value === 'string' ? value.trim() || null : value;
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
