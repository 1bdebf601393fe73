import { isDeepStrictEqual } from 'node:util';
import { BadUserInput } from '../common/errors/common.errors.js';
import { FieldProblem } from '../common/errors/domain-error.js';
import { Cipher, SealingContext } from '../common/crypto/cipher.js';
import { openIfPossible } from '../common/crypto/sealed-value.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { GENERAL_SETTINGS, GeneralSettings } from './general-settings.schema.js';
import { sendsSecret } from './client-authentication.js';
import { bothAdminGroups, contradictsAdminGroups } from './group-lists.js';
import { inStoredForm, PatchOf, Setting } from './setting.js';
import { OIDC_SETTINGS, OidcSettings } from './oidc-settings.schema.js';

/** The contents of the settings document. */
export interface StoredSettings {
  readonly general: GeneralSettings;
  readonly oidc: OidcSettings;
}

/** A change of OIDC settings: a field left out stays as it is, null clears it. */
export type OidcPatch = PatchOf<OidcSettings>;

/** A change of general settings: a field left out stays as it is; none can be cleared. */
export type GeneralPatch = PatchOf<GeneralSettings>;

/** Which settings a change names, such as `authMode` and `oidc.endpoint`: their names, never their values. */
export function settingsIn(change: object): string[] {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return given.flatMap(([name, value]) =>
    name === 'oidc' ? Object.keys((value ?? {}) as object).map((inner) => `oidc.${inner}`) : [name],
  );
}

type Section = keyof StoredSettings;
type Values = Readonly<Record<string, unknown>>;
type AnySettings = Readonly<Record<string, Setting<unknown>>>;

const SECTIONS = { general: GENERAL_SETTINGS, oidc: OIDC_SETTINGS } as unknown as Record<Section, AnySettings>;
/** How the names of a section's settings begin, in changes and in problems. */
const ROOTS: Readonly<Record<Section, readonly string[]>> = { general: [], oidc: ['oidc'] };

function problemsIn(section: Section, patch: Values): FieldProblem[] {
  return Object.entries(SECTIONS[section]).flatMap(([name, setting]) => {
    const value = patch[name];
    if (value === undefined) return [];
    const path = [...ROOTS[section], name];
    if (value === null) {
      return setting.nullable ? [] : [{ path, code: 'NOT_NULL', message: 'can be changed but not cleared.' }];
    }
    const message = setting.problemOf(value);
    return message === undefined ? [] : [{ path, code: 'INVALID', message }];
  });
}

function laidOver<T extends object>(section: Section, current: T, patch: object): T {
  const given = Object.entries(patch).filter(([name, value]) => name in SECTIONS[section] && value !== undefined);
  return { ...current, ...Object.fromEntries(given) };
}

/** Whether a change of the endpoint or its discovery URL leaves behind the secret that was stored with the old ones. */
function leavesSecret(current: OidcSettings, patch: OidcPatch): boolean {
  const { endpoint, discoveryUrl } = laidOver('oidc', current, patch);
  const isElsewhere = endpoint !== current.endpoint || discoveryUrl !== current.discoveryUrl;
  return endpoint !== null && isElsewhere && current.clientSecret !== null && !patch.clientSecret;
}

const SECRET_STAYS =
  'must be sent with a changed endpoint or discovery URL: the stored secret is never sent to another endpoint.';

function missingSecret(current: OidcSettings, patch: OidcPatch): FieldProblem[] {
  if (!leavesSecret(current, patch) || !sendsSecret(laidOver('oidc', current, patch))) return [];
  return [{ path: [...ROOTS.oidc, 'clientSecret'], code: 'REQUIRED', message: SECRET_STAYS }];
}

function otherAdminGroup(patch: OidcPatch): FieldProblem[] {
  if (!contradictsAdminGroups(patch)) return [];
  const message = 'must begin with adminGroup; send one of the two.';
  return [{ path: [...ROOTS.oidc, 'adminGroups'], code: 'INVALID', message }];
}

function oidcProblems(current: OidcSettings, patch: OidcPatch): FieldProblem[] {
  return [...problemsIn('oidc', patch), ...missingSecret(current, patch), ...otherAdminGroup(patch)];
}

/** A change of OIDC settings in its stored form. */
const storedPatch = (patch: OidcPatch): OidcPatch => inStoredForm(OIDC_SETTINGS, patch);

function oidcWith(current: OidcSettings, patch: OidcPatch): OidcSettings {
  // Else a later change of the client authentication would send the stored secret to another endpoint.
  const leftBehind = leavesSecret(current, patch) && { clientSecret: null };
  return laidOver('oidc', current, { ...patch, ...leftBehind, ...bothAdminGroups(patch) });
}

/**
 * The settings with the patches applied.
 *
 * @throws {BadUserInput} that names every field with an invalid value
 */
export function patched(current: StoredSettings, general: GeneralPatch, oidc: OidcPatch): StoredSettings {
  const given = storedPatch(oidc);
  const problems = [...problemsIn('general', general), ...oidcProblems(current.oidc, given)];
  if (problems.length > 0) throw new BadUserInput(problems);
  return { general: laidOver('general', current.general, general), oidc: oidcWith(current.oidc, given) };
}

/**
 * The OIDC settings with a patch applied.
 *
 * @throws {BadUserInput} that names every field with an invalid value
 */
export function patchedOidc(current: OidcSettings, patch: OidcPatch): OidcSettings {
  const given = storedPatch(patch);
  const problems = oidcProblems(current, given);
  if (problems.length > 0) throw new BadUserInput(problems);
  return oidcWith(current, given);
}

const sealingContext = (section: Section, name: string) => ({
  table: 'settings',
  column: 'document',
  row: `${section}.${name}`,
});

function written(section: Section, values: object, cipher: Cipher): Values {
  const changed = Object.entries(SECTIONS[section]).flatMap(([name, { fallback }]) => {
    const value = (values as Values)[name];
    if (isDeepStrictEqual(value, fallback)) return [];
    return [[name, value instanceof SecretText ? cipher.seal(value.reveal(), sealingContext(section, name)) : value]];
  });
  return Object.fromEntries(changed) as Values;
}

function read(section: Section, stored: Values, cipher: Cipher): Values {
  const values = Object.entries(SECTIONS[section]).map(([name, { fallback, sealed, storedForm }]) => {
    const kept = stored[name];
    const value = kept == null ? fallback : (storedForm?.(kept) ?? kept);
    const isSealed = sealed && typeof value === 'string';
    return [name, isSealed ? openedSecret(value, sealingContext(section, name), cipher) : value];
  });
  return Object.fromEntries(values) as Values;
}

/** A secret that cannot be decrypted counts as not set: its users report that, and everything else works. */
function openedSecret(sealed: string, place: SealingContext, cipher: Cipher): SecretText | null {
  const text = openIfPossible(cipher, sealed, place);
  return text === null ? null : new SecretText(text);
}

/** The settings of a new installation. */
export function defaultSettings(): StoredSettings {
  const defaultsIn = (section: Section) =>
    Object.fromEntries(Object.entries(SECTIONS[section]).map(([name, { fallback }]) => [name, fallback]));
  return { general: defaultsIn('general'), oidc: defaultsIn('oidc') } as unknown as StoredSettings;
}

/** The settings as stored: JSON of the differences to the defaults, secrets sealed. */
export function toDocument({ general, oidc }: StoredSettings, cipher: Cipher): string {
  return JSON.stringify({ general: written('general', general, cipher), oidc: written('oidc', oidc, cipher) });
}

/** The settings from a document that {@link toDocument} wrote. */
export function fromDocument(document: string, cipher: Cipher): StoredSettings {
  const { general = {}, oidc = {} } = JSON.parse(document) as Partial<Record<Section, Values>>;
  const given = { ...oidc, ...bothAdminGroups(oidc) };
  return { general: read('general', general, cipher), oidc: read('oidc', given, cipher) } as unknown as StoredSettings;
}

/**
 * A stored document with every secret in it sealed with the first key.
 *
 * @throws {CannotOpen} if none of the keys opens one of them
 */
export function rewrappedDocument(document: string, cipher: Cipher): string {
  const stored = JSON.parse(document) as Partial<Record<Section, Values>>;
  const sections = Object.entries(stored) as [Section, Values][];
  const rewrapped = sections.map(([section, values]): [Section, Values] => {
    const entries = Object.entries(values).map(([name, value]) => {
      const isSealed = SECTIONS[section][name]?.sealed && typeof value === 'string';
      return [name, isSealed ? cipher.rewrapped(value, sealingContext(section, name)) : value];
    });
    return [section, Object.fromEntries(entries) as Values];
  });
  return JSON.stringify(Object.fromEntries(rewrapped));
}
