import { ProviderCheckName, Finding, failed, passed, skipped, warning } from './provider-report.js';
import { withoutTokenFinding } from './people-without-token.js';
import { outermostOf } from '../provider/claim-paths.js';
import { ALGORITHMS } from '../provider/signing-keys.js';

/** The settings that a discovery document is compared with. */
export interface ReportedSettings {
  readonly scopes: readonly string[];
  readonly groupsClaim: string | null;
  /** How long groups count that the provider no longer sends, in hours. */
  readonly groupsKeptHours: number;
  readonly userClaim: string | null;
  readonly logout: boolean;
  /** How many people were asked for consent and got no refresh token, and after how many nobody else is asked. */
  readonly withoutRefreshToken?: { readonly people: number; readonly mostAsked: number };
}

type Document = Readonly<Record<string, unknown>>;

/** A list from the discovery document; undefined if absent. */
function listIn(document: Document, name: string): readonly string[] | undefined {
  const value = document[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

const NOT_PUBLISHED = 'The discovery document has no information about this.';

function codeFlow(document: Document): Finding {
  const types = listIn(document, 'response_types_supported');
  const grants = listIn(document, 'grant_types_supported');
  if (!types && !grants) return skipped(NOT_PUBLISHED);
  const offered = (types?.includes('code') ?? true) && (grants?.includes('authorization_code') ?? true);
  if (offered) return passed('The authorization code flow is offered.');
  const remedy = 'Enable the authorization code flow (response type "code") for this provider or realm.';
  return failed('The authorization code flow is not offered.', remedy);
}

function pkce(document: Document): Finding {
  const methods = listIn(document, 'code_challenge_methods_supported');
  if (!methods) return skipped(`${NOT_PUBLISHED} PKCE is always sent; a provider without it ignores it.`);
  if (methods.includes('S256')) return passed('PKCE with S256 is supported.');
  return warning('PKCE is published without S256, the only method that Mooring uses.', 'Enable S256 at the provider.');
}

function scopes(document: Document, { scopes: wanted }: ReportedSettings): Finding {
  if (!wanted.includes('openid')) return failed('The scope lacks openid.', 'Add openid to the scope.');
  const supported = listIn(document, 'scopes_supported');
  if (!supported) return skipped(NOT_PUBLISHED);
  const unknown = wanted.filter((scope) => !supported.includes(scope));
  if (unknown.length === 0) return passed(`All ${wanted.length} scopes are supported.`);
  const detail = `The provider does not publish ${unknown.join(', ')}. It may grant them anyway.`;
  return warning(detail, 'Remove these scopes, or define them at the provider.');
}

function refreshTokens(document: Document, { scopes: wanted, withoutRefreshToken: none }: ReportedSettings): Finding {
  const seen = none ? withoutTokenFinding(none.people, none.mostAsked) : null;
  if (seen) return seen;
  const cost = 'CLI secrets then end with the ID token, and people must log in again each time.';
  if (!wanted.includes('offline_access')) {
    const remedy = 'Add offline_access to the scope, unless the provider issues refresh tokens without it.';
    return warning(
      `The scope lacks offline_access, without which most providers issue no refresh token. ${cost}`,
      remedy,
    );
  }
  const grants = listIn(document, 'grant_types_supported');
  if (!grants) return skipped(`offline_access is requested. ${NOT_PUBLISHED}`);
  if (grants.includes('refresh_token')) return passed('offline_access is requested, and refresh tokens are offered.');
  return warning(`Refresh tokens are not among the offered grants. ${cost}`, 'Enable them at the provider.');
}

function claimFinding(document: Document, names: readonly string[]): Finding {
  const claims = listIn(document, 'claims_supported');
  if (!claims) return skipped(`${NOT_PUBLISHED} The first login shows whether ${names.join(' or ')} is sent.`);
  const found = names.find((name) => outermostOf(name).some((claim) => claims.includes(claim)));
  if (found !== undefined) return passed(`The claim ${found} is published.`);
  const remedy = 'Map the claim at the provider, or set another one here.';
  return warning(`${names.join(' and ')} is not among the published claims.`, remedy);
}

function groupsClaim(document: Document, { groupsClaim: name, groupsKeptHours: hours }: ReportedSettings): Finding {
  if (name !== null) {
    const { detail, ...finding } = claimFinding(document, [name]);
    const time = hours === 0 ? 'not at all' : `for ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
    const kept = `Groups that neither a renewed token nor userinfo contains again are kept ${time}.`;
    return { ...finding, detail: `${detail} ${kept}` };
  }
  return skipped('No groups claim is set, so there are no groups.', 'Set one if groups are wanted.');
}

function logout(document: Document, { logout: wanted }: ReportedSettings): Finding {
  const reportsLogouts = document.backchannel_logout_supported === true;
  const backChannel = reportsLogouts ? 'It reports logouts through the back channel.' : 'It does not report logouts.';
  if (typeof document.end_session_endpoint === 'string') {
    return passed(`The logout at the provider is available. ${backChannel}`);
  }
  if (!wanted) return skipped(`The provider publishes no end-session endpoint, and oidc.logout is off. ${backChannel}`);
  const remedy = 'Turn the setting off, or enable RP-initiated logout at the provider.';
  return warning('oidc.logout is on, but the provider publishes no end-session endpoint.', remedy);
}

/**
 * Compares a discovery document with the settings (OpenID Connect Discovery 1.0, section 3). Absent fields are skipped,
 * because providers may leave out what they support. A contradiction is a warning, or a failure if nobody could log in.
 */
export function metadataFindings(
  document: Document,
  settings: ReportedSettings,
): Partial<Record<ProviderCheckName, Finding>> {
  const userClaims = settings.userClaim === null ? ['preferred_username', 'name'] : [settings.userClaim];
  return {
    AUTHORIZATION_CODE_FLOW: codeFlow(document),
    PKCE: pkce(document),
    SCOPES: scopes(document, settings),
    REFRESH_TOKENS: refreshTokens(document, settings),
    GROUPS_CLAIM: groupsClaim(document, settings),
    USER_CLAIM: claimFinding(document, userClaims),
    LOGOUT: logout(document, settings),
  };
}

type PublishedKey = Readonly<Record<string, unknown>>;

/** The kind of key that verifies an algorithm, as `kty` or `kty crv` (RFC 7518, sections 3.1 and 6.1; RFC 8037, section 2). */
const KEY_KINDS: Readonly<Record<string, readonly string[]>> = {
  ES256: ['EC P-256'],
  ES384: ['EC P-384'],
  ES512: ['EC P-521'],
  EdDSA: ['OKP Ed25519'],
  Ed25519: ['OKP Ed25519'],
};

function verifies(algorithm: string, { kty, crv, alg }: PublishedKey): boolean {
  const kinds = KEY_KINDS[algorithm] ?? ['RSA'];
  const isOfKind = kinds.includes(String(kty)) || kinds.includes(`${String(kty)} ${String(crv)}`);
  return isOfKind && (alg === undefined || alg === null || alg === algorithm);
}

function signingKeysIn(keys: readonly unknown[]): PublishedKey[] {
  const objects = keys.filter((key): key is PublishedKey => typeof key === 'object' && key !== null);
  return objects.filter(
    ({ kty, use }) => ['RSA', 'EC', 'OKP'].includes(String(kty)) && (use === undefined || use === 'sig'),
  );
}

/**
 * Whether the provider's key set can verify its ID tokens: the algorithms that the document lists are compared with the
 * keys. Without a list the algorithm is RS256.
 */
export function signingKeysFinding(document: Document, keySet: unknown): Finding {
  const keys = (keySet as { keys?: unknown } | null)?.keys;
  const remedy = 'Add an RSA, EC or Ed25519 signing key at the provider, and let it sign ID tokens with that key.';
  if (!Array.isArray(keys)) return failed('The key set is not a JSON Web Key Set.', remedy);
  const signing = signingKeysIn(keys);
  if (signing.length === 0) return failed('The key set holds no public key for signatures.', remedy);
  const listed = listIn(document, 'id_token_signing_alg_values_supported') ?? ['RS256'];
  const accepted = ALGORITHMS.filter((algorithm) => listed.includes(algorithm));
  if (accepted.length === 0) {
    return failed('ID tokens are signed only with algorithms that are not accepted, such as HS256 or none.', remedy);
  }
  const [having, lacking] = [true, false].map((has) =>
    accepted.filter((algorithm) => signing.some((key) => verifies(algorithm, key)) === has).join(', '),
  );
  if (!having) return failed(`The key set holds no key for ${lacking}, by which ID tokens are signed.`, remedy);
  const held = `The key set holds ${signing.length} usable signing ${signing.length === 1 ? 'key' : 'keys'}, for ${having}.`;
  // Keycloak makes a key when its algorithm is first asked for.
  return passed(lacking ? `${held} There is none yet for ${lacking}.` : held);
}
