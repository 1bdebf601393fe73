import { failed, Finding, passed, skipped } from './provider-report.js';

const ONLY_A_LOGIN = 'Only a login can tell whether the redirect URI is registered.';

/** Every cause of a finding about the redirect URI, with its remedy. */
export const REDIRECT_URI = {
  notSet: () => skipped('The client id is not set.', 'Set it.'),
  notReached: () => skipped('An earlier check must pass first.'),
  clientRefused: () => skipped(`The provider refuses the client before it looks at the redirect URI. ${ONLY_A_LOGIN}`),
  askedBefore: () => skipped(`The provider was asked a moment ago. ${ONLY_A_LOGIN}`, 'Test again in a minute.'),
  silent: (reason: string) => skipped(`The authorization endpoint gives no usable answer: ${reason}. ${ONLY_A_LOGIN}`),
  cameBack: (words: string | null) =>
    passed(
      words === null
        ? 'The provider knows the client and sends browsers back to the redirect URI.'
        : `The provider knows the client and sends browsers back to the redirect URI. It refuses this test there: ${words}. Only a login can tell whether it refuses logins too.`,
    ),
  otherLogin: () =>
    skipped(
      `The provider sends browsers back to the redirect URI, but not with the state and issuer of the login (RFC 6749, 4.1.2.1; RFC 9207). ${ONLY_A_LOGIN}`,
    ),
  refused: (redirectUri: string, seen: string) =>
    failed(
      `The provider refuses a login before anybody logs in: ${seen}.`,
      `Register exactly the redirect URI ${redirectUri} for this client at the provider, and compare the client id.`,
    ),
  clientUnknown: (_redirectUri: string, seen: string) =>
    failed(
      `The provider refuses a login before anybody logs in: ${seen}.`,
      'Compare the client id with the one that is registered at the provider, and allow the code flow for this client.',
    ),
  scopeRefused: (_redirectUri: string, seen: string) =>
    failed(`The provider refuses a login before anybody logs in: ${seen}.`, 'Correct the scope, then test again.'),
  inTrouble: (_redirectUri: string, seen: string) =>
    failed(
      `The provider refuses a login before anybody logs in: ${seen}.`,
      'Look at the log of the provider, then test again.',
    ),
  byComparison: (seen: string) =>
    passed(`The provider refuses a redirect URI that is not registered (${seen}), and not this one.`),
  notCompared: (seen: string) =>
    skipped(`The provider answers ${seen}. Whether it refuses others was not asked again so soon. ${ONLY_A_LOGIN}`),
  alike: (seen: string, seenThere: string) =>
    skipped(
      `The provider answers ${seen}, and ${seen === seenThere ? 'the same' : seenThere} for a redirect URI that is not registered. ${ONLY_A_LOGIN}`,
    ),
  lacksCookie: (seen: string) =>
    skipped(
      `The provider sets a cookie and then answers ${seen} to a browser without it; this test sends no cookies. ${ONLY_A_LOGIN}`,
    ),
  forbidden: () =>
    skipped(
      `The authorization endpoint answers HTTP 403, but not because of the redirect URI: perhaps something before it refuses Mooring's server. ${ONLY_A_LOGIN}`,
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;
