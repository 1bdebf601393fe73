import { GENERAL_SETTINGS } from '../../src/settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../../src/settings/oidc-settings.schema.js';
import { kindOf, Setting } from '../../src/settings/setting.js';

type Declared = Readonly<Record<string, Setting<unknown>>>;
type Entry = readonly [name: string, setting: Setting<unknown>];

/** The declared settings: the general ones and those of the provider. */
export interface DeclaredSettings {
  readonly general: Declared;
  readonly oidc: Declared;
}

const DECLARED = { general: GENERAL_SETTINGS, oidc: OIDC_SETTINGS } as unknown as DeclaredSettings;

/** The settings in the order of the page, for the form of the portal. Throws an Error if an `after` has no place. */
export function settingsList(declared = DECLARED): string {
  const lines = pageOrder(declared).map(({ after: _, ...row }) => `  ${JSON.stringify(row)},\n`);
  return `/** The declared settings: generated, see tools/generate. */\nexport const SETTINGS = [\n${lines.join('')}] as const;\n`;
}

type Row = ReturnType<typeof rowOf>;

function pageOrder({ general, oidc }: DeclaredSettings): Row[] {
  const rows = [
    ...shownIn(general).map((entry) => rowOf('general', entry)),
    ...shownIn(oidc).map((entry) => rowOf('oidc', entry)),
  ];
  const followersOf = ({ name, part }: Row) => rows.filter((row) => row.after === name && row.part === part);
  const ordered = rows.filter(({ after }) => after === undefined).flatMap((row) => [row, ...followersOf(row)]);
  const lost = rows.find((row) => !ordered.includes(row));
  if (lost) throw new Error(`${lost.name}: no setting without an \`after\` in the same part is named ${lost.after}.`);
  return ordered;
}

function shownIn(section: Declared): Entry[] {
  return Object.entries(section).filter(([, { part }]) => typeof part === 'string');
}

function rowOf(section: string, [name, setting]: Entry) {
  const { part, isAdvanced = false, fallback, limits = null, unit = null } = setting;
  const { onlyIn = null, nullable, after, choices = null } = setting;
  const shown = { part, isAdvanced, kind: kindOf(setting), nullable, onlyIn, choices };
  return { name, section, ...shown, fallback, limits, unit, after };
}

/** The settings that the page does not show, each with the reason. */
export function notShown({ general, oidc }: DeclaredSettings = DECLARED): Record<string, string> {
  const entries = [...Object.entries(general), ...Object.entries(oidc)];
  const reasons = entries.flatMap(([name, { part }]) => (typeof part === 'string' ? [] : [[name, part.because]]));
  return Object.fromEntries(reasons) as Record<string, string>;
}

/** The GraphQL fragments that read every setting of the page, without the sealed ones. */
export function settingsFragments({ general, oidc }: DeclaredSettings = DECLARED): string {
  return `${fragment('GeneralFields on Configuration', general)}\n${fragment('OidcFields on OidcSettings', oidc)}`;
}

function fragment(head: string, section: Declared): string {
  const readable = shownIn(section).filter(([, { sealed }]) => !sealed);
  const lines = readable.map(([name, setting]) =>
    kindOf(setting) === 'parameters' ? `  ${name} {\n    name\n    value\n  }\n` : `  ${name}\n`,
  );
  return `fragment ${head} {\n${lines.join('')}}\n`;
}
