import { isNear } from '../common/text/near-names.js';
import { AuthMode } from './auth-mode.js';
import { ClientAuthentication, sendsSecret } from './client-authentication.js';
import type { FixedProblem, FixedSource, SettingPath } from './fixed-source.js';
import type { FixedSettings } from './fixed-settings.js';
import { GENERAL_SETTINGS } from './general-settings.schema.js';
import { bothAdminGroups, contradictsAdminGroups } from './group-lists.js';
import { OIDC_SETTINGS } from './oidc-settings.schema.js';
import { kindOf } from './setting.js';
import type { Setting, SettingKind } from './setting.js';

/** The settings of a source, and everything that is wrong with them. */
export interface CheckedSettings {
  readonly fixed: FixedSettings;
  readonly problems: readonly FixedProblem[];
}

/** Where a settings file has its access rules. */
export const ACCESS_RULES = 'accessRules';

/** What may stand beside settings: the rules, which another folder checks, and the schema that editors look for. */
const NO_SETTINGS = [ACCESS_RULES, '$schema'];

type Values = Readonly<Record<string, unknown>>;
type AnySettings = Readonly<Record<string, Setting<unknown>>>;

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isParameter = (item: unknown) =>
  isRecord(item) && typeof item.name === 'string' && typeof item.value === 'string';

const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string');

const IS_OF_KIND: Readonly<Record<SettingKind, (value: unknown) => boolean>> = {
  flag: (value) => typeof value === 'boolean',
  number: (value) => Number.isInteger(value),
  text: (value) => typeof value === 'string',
  texts: isTexts,
  secret: () => true,
  parameters: (value) => Array.isArray(value) && value.every(isParameter),
};

const FORM_OF_KIND: Readonly<Record<SettingKind, string>> = {
  flag: 'must be true or false.',
  number: 'must be a whole number.',
  text: 'must be a text.',
  texts: 'must be a list of texts.',
  secret: 'must be a text.',
  parameters: 'must be a list of entries with name and value.',
};

/** How many problems a file may have for names to be compared. */
const WORTH_HINTS = 200;

const ALL_NAMES = [
  ...['authMode', 'oidc', ACCESS_RULES],
  ...Object.keys(GENERAL_SETTINGS),
  ...Object.keys(OIDC_SETTINGS).map((name) => `oidc.${name}`),
];

/** The check of one source: collects what is wrong. */
class Check {
  readonly problems: FixedProblem[];

  constructor(private readonly source: FixedSource) {
    this.problems = [...source.problems];
  }

  complain(path: SettingPath, problem: string): void {
    this.problems.push(this.source.problemAt(path, problem));
  }

  /** The values of a section in the form in which they count. */
  section(declarations: AnySettings, root: readonly string[], given: Values): Values {
    const entries = Object.entries(given).map(([name, value]): [string, unknown] => {
      const path = [...root, name];
      const setting = Object.hasOwn(declarations, name) ? declarations[name] : undefined;
      if (setting && value != null) return [name, this.value(setting, path, value)];
      if (!setting) this.complain(path, `is not a setting.${this.hintFor(root, name)}`);
      else if (!setting.nullable) this.complain(path, 'can be fixed but not cleared.');
      return [name, value];
    });
    return Object.fromEntries(entries);
  }

  // To compare a name with all others takes a while, and a file with so many wrong ones is a wrong file.
  private hintFor(root: readonly string[], name: string): string {
    return this.problems.length < WORTH_HINTS ? hintFor(root, name) : '';
  }

  private value(setting: Setting<unknown>, path: SettingPath, value: NonNullable<unknown>): unknown {
    const kind = kindOf(setting);
    if (!IS_OF_KIND[kind](value)) {
      this.complain(path, `has the wrong type: it ${FORM_OF_KIND[kind]}`);
      return value;
    }
    const kept = setting.sealed ? this.source.secretOf(value) : (setting.storedForm?.(value) ?? value);
    const isNoSecret = setting.sealed && typeof kept === 'string';
    const problem = isNoSecret ? kept : setting.problemOf(kept);
    if (problem !== undefined) this.complain(path, problem);
    return kept;
  }

  authMode(value: unknown): AuthMode | undefined {
    const mode = Object.values(AuthMode).find((one) => one === value);
    if (value !== undefined && !mode) this.complain(['authMode'], 'must be DATABASE or OIDC.');
    return mode;
  }

  /** Settings of the provider that need one another. */
  parts(ofOidc: Values, isWithoutSecret: boolean): void {
    // A stored secret is sent only to the endpoint that it was stored with, and a fixed one only to a fixed endpoint.
    if (!isWithoutSecret && 'endpoint' in ofOidc !== 'clientSecret' in ofOidc) {
      this.complain(['oidc', 'endpoint'], 'and oidc.clientSecret must be fixed together.');
    }
    if ('discoveryUrl' in ofOidc && !('endpoint' in ofOidc)) {
      this.complain(['oidc', 'discoveryUrl'], 'can be fixed only together with oidc.endpoint.');
    }
    if (contradictsAdminGroups(ofOidc)) {
      this.complain(['oidc', 'adminGroups'], 'must begin with oidc.adminGroup; fix one of the two.');
    }
  }
}

/** A known name that was probably meant; empty if there is none. */
function hintFor(root: readonly string[], name: string): string {
  const typed = [...root, name].join('.');
  const lastOf = (known: string) => known.split('.').at(-1) ?? known;
  const meant =
    ALL_NAMES.find((known) => known.toLowerCase() === typed.toLowerCase()) ??
    ALL_NAMES.find((known) => isNear(typed, known)) ??
    ALL_NAMES.find((known) => lastOf(known) === name) ??
    ALL_NAMES.find((known) => isNear(name, lastOf(known)));
  return meant === undefined ? '' : ` Was ${meant} meant?`;
}

/** Whether an endpoint is fixed with a client authentication that needs no secret: a stored one then counts as not set. */
function fixesNoSecret(ofOidc: Values): boolean {
  const { clientAuthentication = 'automatic' } = ofOidc as { clientAuthentication?: ClientAuthentication };
  return 'endpoint' in ofOidc && !('clientSecret' in ofOidc) && !sendsSecret({ clientAuthentication });
}

/** Checks the settings of a source; its access rules are for others to check. */
export function checkedSettings(source: FixedSource): CheckedSettings {
  const check = new Check(source);
  const { authMode, oidc: given, ...rest } = source.values;
  if (given != null && !isRecord(given)) check.complain(['oidc'], 'must be an object.');
  const general = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !source.holdsRules || !NO_SETTINGS.includes(name)),
  );
  const ofOidc = check.section(OIDC_SETTINGS as unknown as AnySettings, ['oidc'], isRecord(given) ? given : {});
  const mode = check.authMode(authMode);
  const withoutSecret = fixesNoSecret(ofOidc) && { clientSecret: null };
  // Else a stored discovery URL could say where the fixed secret is sent.
  const fromIssuer = 'endpoint' in ofOidc && { discoveryUrl: null };
  const fixed = {
    variable: source.variable,
    ...(mode && { authMode: mode }),
    general: check.section(GENERAL_SETTINGS as unknown as AnySettings, [], general),
    oidc: { ...fromIssuer, ...ofOidc, ...withoutSecret, ...bothAdminGroups(ofOidc) },
  };
  check.parts(ofOidc, withoutSecret !== false);
  return { fixed, problems: check.problems };
}
