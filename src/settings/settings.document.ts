import { isDeepStrictEqual } from 'node:util';
import { BadUserInput } from '../common/common.errors.js';
import { FieldProblem } from '../common/domain-error.js';
import { Cipher } from '../common/cipher.js';
import { SecretText } from '../common/secret-text.js';
import { OIDC_SETTINGS, OidcSettings } from './settings.schema.js';

/** A change of OIDC settings: a field left out stays as it is, null clears it. */
export type OidcPatch = { readonly [Name in keyof OidcSettings]?: OidcSettings[Name] | null };

type Name = keyof OidcSettings;
const NAMES = Object.keys(OIDC_SETTINGS) as Name[];
const ROOT = ['input', 'patch', 'oidc'];

function problemWith(name: Name, value: unknown): FieldProblem | undefined {
  const setting = OIDC_SETTINGS[name];
  const path = [...ROOT, name];
  if (value === null) {
    return setting.nullable ? undefined : { path, code: 'NOT_NULL', message: 'can be changed but not cleared.' };
  }
  const message = (setting.problemOf as (value: unknown) => string | undefined)(value);
  return message === undefined ? undefined : { path, code: 'INVALID', message };
}

function missingSecret(current: OidcSettings, patch: OidcPatch): FieldProblem[] {
  const moves = patch.endpoint != null && patch.endpoint !== current.endpoint;
  if (!moves || current.clientSecret === null || patch.clientSecret) return [];
  const message = 'A changed endpoint needs the client secret again: a stored one is sent to no other place.';
  return [{ path: [...ROOT, 'clientSecret'], code: 'REQUIRED', message }];
}

/**
 * The settings with the patch laid over them.
 *
 * @throws {BadUserInput} that names every field with a value that could not work
 */
export function patched(current: OidcSettings, patch: OidcPatch): OidcSettings {
  const given = NAMES.filter((name) => patch[name] !== undefined);
  const problems = given.flatMap((name) => problemWith(name, patch[name]) ?? []);
  problems.push(...missingSecret(current, patch));
  if (problems.length > 0) throw new BadUserInput(problems);
  return { ...current, ...Object.fromEntries(given.map((name) => [name, patch[name]])) };
}

const placeOf = (name: Name) => ({ table: 'settings', column: 'document', row: `oidc.${name}` });

/** The settings as stored: JSON of the differences to the defaults, secrets sealed. */
export function toDocument(oidc: OidcSettings, cipher: Cipher): string {
  const changed = NAMES.filter((name) => !isDeepStrictEqual(oidc[name], OIDC_SETTINGS[name].fallback));
  const stored = changed.map((name) => {
    const value = oidc[name];
    return [name, value instanceof SecretText ? cipher.seal(value.reveal(), placeOf(name)) : value];
  });
  return JSON.stringify({ oidc: Object.fromEntries(stored) as unknown });
}

/** The settings out of what {@link toDocument} stored. */
export function fromDocument(document: string, cipher: Cipher): OidcSettings {
  const stored = (JSON.parse(document) as { oidc: Partial<Record<Name, unknown>> }).oidc;
  const values = NAMES.map((name) => {
    const value = stored[name] ?? OIDC_SETTINGS[name].fallback;
    const isSealed = OIDC_SETTINGS[name].sealed && typeof value === 'string';
    return [name, isSealed ? new SecretText(cipher.open(value, placeOf(name))) : value];
  });
  return Object.fromEntries(values) as OidcSettings;
}
