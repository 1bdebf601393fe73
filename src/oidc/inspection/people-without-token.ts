import { Finding, warning } from './provider-report.js';

/** The finding about people who were asked for consent and got no refresh token; null if there are none. */
export function withoutTokenFinding(people: number, mostAsked: number): Finding | null {
  if (people === 0) return null;
  const who = people === 1 ? '1 person' : `${people} people`;
  const after = people < mostAsked ? '' : ' Mooring no longer asks.';
  return warning(
    `${who} got none in this revision of the settings, although they were asked for consent.${after} CLI secrets then end with the ID token.`,
    'Let the provider issue refresh tokens to this client, then save the settings. Or take offline_access out of the scope.',
  );
}
