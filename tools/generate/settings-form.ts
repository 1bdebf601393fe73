import { GENERAL_SETTINGS } from '../../src/settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../../src/settings/oidc-settings.schema.js';
import { kindOf, Setting } from '../../src/settings/setting.js';

type Entry = readonly [name: string, setting: Setting<unknown>];

const GENERAL = Object.entries(GENERAL_SETTINGS) as Entry[];
const OIDC = Object.entries(OIDC_SETTINGS) as Entry[];

/** The settings in the order of the page, for the form of the portal. */
export function settingsList(): string {
  const rows = [...GENERAL.map((entry) => rowOf('general', entry)), ...OIDC.map((entry) => rowOf('oidc', entry))];
  const placed = rows.filter(({ part, after }) => part !== null && after === undefined);
  const ordered = placed.flatMap((row) => [row, ...rows.filter(({ after }) => after === row.name)]);
  const lines = ordered.map(({ after: _, ...row }) => `  ${JSON.stringify(row)},\n`);
  return `/** The declared settings: generated, see tools/generate. */\nexport const SETTINGS = [\n${lines.join('')}] as const;\n`;
}

function rowOf(section: string, [name, setting]: Entry) {
  const { part, onlyIn = null, nullable, after } = setting;
  return { name, section, part, kind: kindOf(setting), nullable, onlyIn, after };
}

/** The GraphQL fragments that read every declared setting, without the sealed ones. */
export function settingsFragments(): string {
  return `${fragment('GeneralFields on Configuration', GENERAL)}\n${fragment('OidcFields on OidcSettings', OIDC)}`;
}

function fragment(head: string, entries: Entry[]): string {
  const readable = entries.filter(([, { sealed }]) => !sealed);
  const lines = readable.map(([name, setting]) =>
    kindOf(setting) === 'parameters' ? `  ${name} {\n    name\n    value\n  }\n` : `  ${name}\n`,
  );
  return `fragment ${head} {\n${lines.join('')}}\n`;
}
