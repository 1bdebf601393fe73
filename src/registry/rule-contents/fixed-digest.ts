import { SecretText } from '../../common/crypto/secret-text.js';
import type { Environment } from '../../config/env.js';
import type { Installation } from '../../settings/installation.js';
import { fixedSettingsOf } from '../../settings/read-fixed-settings.js';
import { fixedRulesOf } from './fixed-rules.js';

/**
 * A digest of what the environment fixes, secrets included, that is equal in all processes of an installation in which the
 * same is in force, in whatever order and form it is written. It is keyed, so that nobody who reads the database can try secrets
 * out.
 *
 * @throws {InvalidEnvironment} if that is not valid
 */
export function fixedDigestOf(environment: Environment, installation: Installation): string {
  const { authMode, general, oidc } = fixedSettingsOf(environment);
  // The first of adminGroups, under the name that the first release knew.
  const { adminGroup: _, ...ofOidc } = oidc;
  // An ID says all that its rule says.
  const rules = fixedRulesOf(environment).map(({ id }) => id);
  return installation.digest(canonical({ authMode, general, oidc: ofOidc, rules })).toString('base64url');
}

/** JSON with names and lists in one order, because no list of settings has one that counts, and secrets as texts. */
function canonical(value: unknown): string {
  if (value instanceof SecretText) return JSON.stringify(value.reveal());
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const pairs = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`);
  return `{${pairs.sort().join()}}`;
}
