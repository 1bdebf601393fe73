import { ProviderBusy } from './authorization.errors.js';
import { CodeSpent } from './provider.errors.js';

/** `authentication_expired` is sent as a code or, by Keycloak, as the description of `temporarily_unavailable`. */
const OF_THE_MOMENT = new Set(['temporarily_unavailable', 'authentication_expired']);

/**
 * Whether a failure of a login says nothing about the person, so that the same login, begun again, can succeed: the code was
 * spent on the wrong method of client authentication, or the login was left open at the provider for too long.
 */
export function isPassing(failure: unknown): boolean {
  if (failure instanceof CodeSpent) return true;
  return failure instanceof ProviderBusy && OF_THE_MOMENT.has(failure.words.error);
}
