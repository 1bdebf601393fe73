import { errors as jose } from 'jose';
import { Claims } from './claim-paths.js';
import { asProviderFailure } from './provider-failure.js';
import { ProviderError } from './provider.errors.js';

/**
 * The provider answered a refresh, but not with tokens of this grant: they are of another person or for another client, or
 * userinfo refuses its access token. The grant is unclear then; it has not ended.
 */
export class UnclearTokens extends ProviderError {
  /**
   * @param detail for the log; quotes nothing of the answer
   * @param isForeign whether the answer was about another person: then its refresh token is theirs
   * @param isRefreshed whether the provider did refresh the grant, and only its userinfo refuses: then it never ends
   */
  constructor(
    message: string,
    detail: string,
    readonly isForeign: boolean,
    readonly isRefreshed = false,
  ) {
    super(message, detail);
  }
}

/** The refusal of tokens, or of claims of userinfo, that are about another person. */
export function ofAnotherPerson(what = 'another subject'): UnclearTokens {
  return new UnclearTokens('The OpenID provider sent tokens of another person.', what, true);
}

/** The refusal of an answer that should have shown whose tokens it has, because the one before was about another person. */
export function ofNobodyKnown(): UnclearTokens {
  return new UnclearTokens('The OpenID provider did not show whose tokens it sent.', 'no subject', true);
}

/** The refusal of tokens whose access token userinfo refuses. */
export function refusedAtUserinfo(failure: string | null): UnclearTokens {
  const message = 'The OpenID provider renewed the tokens of a person, but its userinfo refuses them.';
  return new UnclearTokens(message, failure ?? 'userinfo', false, true);
}

/**
 * The failure of an ID token that came in a refresh: {@link UnclearTokens} for another issuer, audience or subject (OpenID
 * Connect Core 1.0, section 12.2), else as {@link asProviderFailure}.
 */
export function refreshedTokenFailure(error: unknown, subject: string): Error {
  if (!(error instanceof jose.JWTClaimValidationFailed)) return asProviderFailure(error);
  const { claim, payload } = error as { readonly claim: string; readonly payload: Claims };
  const { message, detail } = asProviderFailure(error);
  if (claim !== 'iss' && claim !== 'aud') return asProviderFailure(error);
  return new UnclearTokens(message, detail ?? claim, claim === 'iss' || payload.sub !== subject);
}

/** Refuses verified claims of a refreshed ID token of another subject or, among several audiences, for another client. */
export function demandOwner({ sub, aud, azp }: Claims, subject: string, clientId: string): void {
  if (sub !== subject) throw ofAnotherPerson();
  // OpenID Connect Core 1.0, section 3.1.3.7: the library checks `azp` only at logins.
  if (!Array.isArray(aud) || aud.length < 2 || azp === clientId) return;
  throw new UnclearTokens(
    'The OpenID provider sent an ID token that was issued to another client (`azp`).',
    'another azp',
    false,
  );
}
