import { VARIABLES } from '../config/variables.js';
import { AuthMode } from './auth-mode.js';
import type { GeneralPatch, OidcPatch, StoredSettings } from './settings.document.js';

/** The token under which {@link FixedSettings} are injected. */
export const FIXED_SETTINGS = Symbol('FIXED_SETTINGS');

/** Settings that the operator set from outside: they override the stored ones and cannot be changed at run time. */
export interface FixedSettings {
  /** The environment variable that they come from. */
  readonly variable: string;
  readonly authMode?: AuthMode;
  readonly general: GeneralPatch;
  readonly oidc: OidcPatch;
}

/** No fixed settings. */
export const NOTHING_FIXED: FixedSettings = { variable: VARIABLES.fixedSettings.name, general: {}, oidc: {} };

type Values = Readonly<Record<string, unknown>>;

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
