import { SecretText } from '../common/crypto/secret-text.js';
import { Environment, InvalidEnvironment, VARIABLES } from '../config/env.js';
import { AuthMode } from './auth-mode.js';
import { ClientAuthentication, sendsSecret } from './client-authentication.js';
import { GENERAL_SETTINGS } from './general-settings.schema.js';
import { bothAdminGroups, contradictsAdminGroups } from './group-lists.js';
import { kindOf } from './setting.js';
import type { Setting, SettingKind } from './setting.js';
import type { GeneralPatch, OidcPatch, StoredSettings } from './settings.document.js';
import { OIDC_SETTINGS } from './oidc-settings.schema.js';

/** The token under which {@link FixedSettings} are injected. */
export const FIXED_SETTINGS = Symbol('FIXED_SETTINGS');

/** Settings that the operator set in FIXED_SETTINGS: they override the stored ones and cannot be changed at run time. */
export interface FixedSettings {
  readonly authMode?: AuthMode;
  readonly general: GeneralPatch;
  readonly oidc: OidcPatch;
}

/** No fixed settings. */
export const NOTHING_FIXED: FixedSettings = { general: {}, oidc: {} };

type Values = Readonly<Record<string, unknown>>;
type AnySettings = Readonly<Record<string, Setting<unknown>>>;
type Complain = (name: string, problem: string) => void;

/** The names of the fixed settings, such as `authMode` and `oidc.endpoint`. */
export function fixedNames({ authMode, general, oidc }: FixedSettings): string[] {
  const said = Object.keys(oidc).filter((name) => name !== 'discoveryUrl' || oidc.discoveryUrl !== null);
  const ofOidc = said.map((name) => `oidc.${name}`);
  return [...(authMode ? ['authMode'] : []), ...Object.keys(general), ...ofOidc];
}

/** The names of the settings that can't be changed: the fixed ones, and the discovery URL of a fixed endpoint. */
export function unchangeableNames(fixed: FixedSettings): string[] {
  const names = fixedNames(fixed);
  return 'discoveryUrl' in fixed.oidc ? [...new Set([...names, 'oidc.discoveryUrl'])] : names;
}

/** The stored settings, overridden by the fixed ones. */
export function withFixed({ general, oidc }: FixedSettings, stored: StoredSettings): StoredSettings {
  return { general: { ...stored.general, ...general }, oidc: { ...stored.oidc, ...oidc } } as StoredSettings;
}

/** Settings as they are to be stored: a fixed setting keeps the stored value that it overrides. */
export function withoutFixed(fixed: FixedSettings, next: StoredSettings, stored: StoredSettings): StoredSettings {
  const beneath = (values: object, kept: object) =>
    Object.fromEntries(Object.keys(values).map((name) => [name, (kept as Values)[name]]));
  const general = { ...next.general, ...beneath(fixed.general, stored.general) };
  return { general, oidc: { ...next.oidc, ...beneath(fixed.oidc, stored.oidc) } };
}

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
  secret: (value) => typeof value === 'string',
  parameters: (value) => Array.isArray(value) && value.every(isParameter),
};

function checked(declarations: AnySettings, prefix: string, given: Values, complain: Complain): Values {
  const entries = Object.entries(given).map(([name, value]): [string, unknown] => {
    const setting = Object.hasOwn(declarations, name) ? declarations[name] : undefined;
    if (!setting) complain(prefix + name, 'is not a setting.');
    else if (value === null && !setting.nullable) complain(prefix + name, 'can be fixed but not cleared.');
    else if (value !== null && !IS_OF_KIND[kindOf(setting)](value)) complain(prefix + name, 'has the wrong type.');
    else if (value != null) return [name, sound(setting, value, (problem) => complain(prefix + name, problem))];
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function sound(setting: Setting<unknown>, value: unknown, complain: (problem: string) => void): unknown {
  const kept = setting.sealed
    ? new SecretText(String(value))
    : (setting.storedForm?.(value as NonNullable<unknown>) ?? value);
  const problem = setting.problemOf(kept as NonNullable<unknown>);
  if (problem !== undefined) complain(problem);
  return kept;
}

function authModeOf(value: unknown, complain: Complain): AuthMode | undefined {
  const mode = Object.values(AuthMode).find((one) => one === value);
  if (value !== undefined && !mode) complain('authMode', 'must be DATABASE or OIDC.');
  return mode;
}

/** Whether an endpoint is fixed with a client authentication that needs no secret: a stored one then counts as not set. */
function fixesNoSecret(ofOidc: Values): boolean {
  const { clientAuthentication = 'automatic' } = ofOidc as { clientAuthentication?: ClientAuthentication };
  return 'endpoint' in ofOidc && !('clientSecret' in ofOidc) && !sendsSecret({ clientAuthentication });
}

function complainOfParts(ofOidc: Values, isWithoutSecret: boolean, complain: Complain): void {
  // A stored secret is sent only to the endpoint that it was stored with, and a fixed one only to a fixed endpoint.
  if (!isWithoutSecret && 'endpoint' in ofOidc !== 'clientSecret' in ofOidc) {
    complain('oidc.endpoint', 'and oidc.clientSecret must be fixed together.');
  }
  if ('discoveryUrl' in ofOidc && !('endpoint' in ofOidc)) {
    complain('oidc.discoveryUrl', 'can be fixed only together with oidc.endpoint.');
  }
  if (contradictsAdminGroups(ofOidc))
    complain('oidc.adminGroups', 'must begin with oidc.adminGroup; fix one of the two.');
}

/**
 * The settings that the environment fixes, in the form of a patch of the configuration.
 *
 * @throws {InvalidEnvironment} with every problem at once; no value is quoted
 */
export function fixedSettingsOf({ fixedSettings }: Pick<Environment, 'fixedSettings'>): FixedSettings {
  if (!fixedSettings) return NOTHING_FIXED;
  const problems: string[] = [];
  const complain: Complain = (name, problem) => problems.push(`${VARIABLES.fixedSettings.name} ${name} ${problem}`);
  const { authMode, oidc = {}, ...general } = JSON.parse(fixedSettings.reveal()) as Values;
  if (!isRecord(oidc)) complain('oidc', 'must be an object.');
  const ofOidc = checked(OIDC_SETTINGS as unknown as AnySettings, 'oidc.', isRecord(oidc) ? oidc : {}, complain);
  const mode = authModeOf(authMode, complain);
  const withoutSecret = fixesNoSecret(ofOidc) && { clientSecret: null };
  // Else a stored discovery URL could say where the fixed secret is sent.
  const fromIssuer = 'endpoint' in ofOidc && { discoveryUrl: null };
  const fixed = {
    ...(mode && { authMode: mode }),
    general: checked(GENERAL_SETTINGS as unknown as AnySettings, '', general, complain),
    oidc: { ...fromIssuer, ...ofOidc, ...withoutSecret, ...bothAdminGroups(ofOidc) },
  };
  complainOfParts(ofOidc, withoutSecret !== false, complain);
  if (problems.length > 0) throw new InvalidEnvironment(problems);
  return fixed;
}
