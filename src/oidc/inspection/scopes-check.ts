import { AuthorizationAnswer } from './authorization-answer.js';
import { scopesNamedIn } from '../provider/named-scopes.js';
import { Document, listIn } from './discovery-lists.js';
import { failed, Finding, passed, SettingFix, skipped, warning } from './provider-report.js';

/** The settings about scopes, and what logins have shown. */
export interface ScopeSettings {
  readonly scopes: readonly string[];
  /**
   * How many people were asked for consent and got no refresh token, and after how many nobody else is asked; by default that
   * is not known.
   */
  readonly withoutRefreshToken?: { readonly people: number; readonly mostAsked: number };
}

const ONLY_A_LOGIN = 'Only a login can tell whether this client may have them.';

/** Every cause of a finding about the scope, with its remedy. */
export const SCOPES = {
  withoutOpenid: (wanted: readonly string[]) =>
    failed('The scope lacks openid.', 'Add openid to the scope.', [scopeOf(['openid', ...wanted])]),
  refused: (words: string, suspects: readonly string[], wanted?: readonly string[]) =>
    failed(
      `The provider refuses the scope, and with it every login: ${words}.`,
      remedyFor(suspects),
      wanted && [scopeOf(wanted.filter((scope) => !suspects.includes(scope)))],
    ),
  taken: (scopes: number) =>
    passed(`The provider announces all ${scopes} scopes, and refuses none of them before the login.`),
  announced: (scopes: number) => skipped(`The provider announces all ${scopes} scopes. ${ONLY_A_LOGIN}`),
  notListed: (missing: readonly string[]) =>
    skipped(`The provider does not announce ${missing.join(', ')}; such lists are often static. ${ONLY_A_LOGIN}`),
  notAnnounced: () => skipped(`The discovery document has no information about this. ${ONLY_A_LOGIN}`),
} satisfies Record<string, (...seen: never[]) => Finding>;

function remedyFor([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'Allow the scope openid for this client at the provider.';
  if (others.length === 0) return `Remove ${first} from the scope, or allow it for this client at the provider.`;
  return `Remove from the scope what this client may not have, or allow it at the provider: ${[first, ...others].join(', ')}.`;
}

/** Whether the scope can be asked for: what the authorization endpoint told counts for more than the document. */
export function scopesFinding(
  document: Document,
  { scopes: wanted }: ScopeSettings,
  told: AuthorizationAnswer | null,
): Finding {
  if (!wanted.includes('openid')) return SCOPES.withoutOpenid(wanted);
  if (told?.refusedScope) return refusedScope(told.refusedScope, wanted);
  const supported = listIn(document, 'scopes_supported');
  if (!supported) return SCOPES.notAnnounced();
  const missing = wanted.filter((scope) => !supported.includes(scope));
  if (missing.length > 0) return SCOPES.notListed(missing);
  return told?.isTaken ? SCOPES.taken(wanted.length) : SCOPES.announced(wanted.length);
}

/** Suspects are the scopes that the provider's words name, or all but openid if they name none; then nothing is known to help. */
function refusedScope(words: string, wanted: readonly string[]): Finding {
  const { named, optional } = scopesNamedIn(words, wanted);
  if (named.length === 0) return SCOPES.refused(words, optional);
  return SCOPES.refused(words, named, named.includes('openid') ? undefined : wanted);
}

function scopeOf(scopes: readonly string[]): SettingFix {
  return { setting: 'scope', value: scopes.join(',') };
}

const COST = 'Without one, CLI secrets end with the ID token, and people must log in again each time.';

/** Every cause of a finding about refresh tokens, with its remedy. */
export const REFRESH_TOKENS = {
  noneCame: (people: number, isRequested: boolean, isNobodyAsked = false) => {
    const who = people === 1 ? 'The login of one person' : `The logins of ${people} people`;
    const remedy = isRequested
      ? 'Let this client have refresh tokens at the provider.'
      : 'Add offline_access to the scope, or let this client have refresh tokens at the provider.';
    const now = isNobodyAsked ? ' Mooring no longer asks for consent.' : '';
    return warning(`${who} brought no refresh token.${now} ${COST}`, remedy);
  },
  requested: () => skipped(`offline_access is requested. Only a login can tell whether a refresh token comes. ${COST}`),
  announced: () =>
    skipped(
      `offline_access is requested, and refresh tokens are announced. Only a login can tell whether one comes. ${COST}`,
    ),
  notRequested: () =>
    skipped(
      `Many providers give a refresh token without offline_access. Only a login can tell whether one comes. ${COST}`,
    ),
  notListed: () =>
    skipped(
      `The provider does not announce the grant refresh_token; such lists are often static. Only a login can tell whether a refresh token comes. ${COST}`,
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** Whether logins bring refresh tokens: only logins can tell. */
export function refreshTokensFinding(document: Document, settings: ScopeSettings): Finding {
  const isRequested = settings.scopes.includes('offline_access');
  const { people, mostAsked } = settings.withoutRefreshToken ?? { people: 0, mostAsked: 0 };
  if (people > 0) return REFRESH_TOKENS.noneCame(people, isRequested, people >= mostAsked);
  const grants = listIn(document, 'grant_types_supported');
  if (grants && !grants.includes('refresh_token')) return REFRESH_TOKENS.notListed();
  if (!isRequested) return REFRESH_TOKENS.notRequested();
  return grants ? REFRESH_TOKENS.announced() : REFRESH_TOKENS.requested();
}
