import { secondsInWords } from '../common/errors/common.errors.js';
import { CliSecretStatus, RefusedStatus } from './cli-secret-status.js';

/** The details in the messages for an owner. */
export interface MessageDetails {
  readonly publicUrl: URL;
  /** In how many seconds a throttled client may try again. */
  readonly retryAfterSeconds?: number;
}

/** All messages about one status of a CLI secret that is not accepted. */
export interface StatusMessages {
  /** Shown to the owner at the command line: what happened, and what to do next. */
  readonly forOwner: (details: MessageDetails) => string;
  /** Shown to administrators and integrators, in `explainAccess` and in the schema. */
  readonly forAdministrator: string;
  /**
   * Whether the caller may try again: `NO` if the refusal lasts until somebody acts, `LATER` if the provider has not
   * decided, `AFTER_SECONDS` if the client is throttled.
   */
  readonly tryAgain: 'NO' | 'LATER' | 'AFTER_SECONDS';
}

const logIn = ({ publicUrl }: MessageDetails) => `log in at ${publicUrl.href} and try again`;
const inSeconds = ({ retryAfterSeconds = 1 }: MessageDetails) => `in ${secondsInWords(retryAfterSeconds)}`;

/** One row for each status: the only home of its sentences. */
export const STATUS_MESSAGES: Readonly<Record<RefusedStatus, StatusMessages>> = {
  [CliSecretStatus.NO_REFRESH_TOKEN]: {
    forOwner: (details) => `Your login has expired: ${logIn(details)}.`,
    forAdministrator: "The provider's token has expired and there is no refresh token: the user has to log in again.",
    tryAgain: 'NO',
  },
  [CliSecretStatus.REFRESH_REJECTED]: {
    forOwner: (details) => `Your login was ended by the identity provider: ${logIn(details)}.`,
    forAdministrator:
      'The provider refused to refresh, because the account or its session there has ended: the user has to log in again.',
    tryAgain: 'NO',
  },
  [CliSecretStatus.PROVIDER_LOGOUT]: {
    forOwner: (details) => `You were logged out at the identity provider: ${logIn(details)}.`,
    forAdministrator: 'The provider ended the session by back-channel logout: the user has to log in again.',
    tryAgain: 'NO',
  },
  [CliSecretStatus.PROVIDER_CHANGED]: {
    forOwner: (details) => `The identity provider was changed: ${logIn(details)}.`,
    forAdministrator: 'The login came from another provider than the configured one: the user has to log in again.',
    tryAgain: 'NO',
  },
  [CliSecretStatus.PROVIDER_UNAVAILABLE]: {
    forOwner: () => 'The identity provider does not answer. Nothing is lost: try again in a minute.',
    forAdministrator: 'The provider did not answer in time. Nothing is lost: try again.',
    tryAgain: 'LATER',
  },
  [CliSecretStatus.LOGIN_TOO_OLD]: {
    forOwner: (details) => `Your last login was longer ago than an administrator allows: ${logIn(details)}.`,
    forAdministrator: 'The last login is older than oidc.maxSignInDays: the user has to log in again.',
    tryAgain: 'NO',
  },
  [CliSecretStatus.LOGIN_NOT_ALLOWED]: {
    forOwner: () =>
      'You are in no group of the identity provider that may log in here. Ask an administrator to let you in, then log in again.',
    forAdministrator:
      'The user is in none of the groups in oidc.loginGroups, or their groups are not known: they have to be in one of them at the identity provider, and log in again.',
    tryAgain: 'NO',
  },
  [CliSecretStatus.USER_DISABLED]: {
    forOwner: () => 'Your account is disabled. Ask an administrator to enable it.',
    forAdministrator: 'The account is disabled.',
    tryAgain: 'NO',
  },
  PROVIDER_REJECTED_CLIENT: {
    forOwner: () =>
      "The identity provider rejected Mooring's client credentials. Nothing is lost: tell an administrator, and try again later.",
    forAdministrator:
      "The identity provider rejected Mooring's client credentials. Nothing is lost: an administrator has to correct them.",
    tryAgain: 'LATER',
  },
  MISMATCH: {
    forOwner: ({ publicUrl }) =>
      `The user name or CLI secret is wrong. Your CLI secret is shown at ${new URL('/profile', publicUrl).href}.`,
    forAdministrator:
      "No such user, no secret, or not this user's current one. The answer does not say which of the three.",
    tryAgain: 'NO',
  },
  AUTH_MODE_NOT_OIDC: {
    forOwner: () => 'CLI secrets are accepted only in OIDC mode, and this installation is in another mode.',
    forAdministrator: 'CLI secrets are accepted only in OIDC mode.',
    tryAgain: 'NO',
  },
  RATE_LIMITED: {
    forOwner: (details) => `Too many wrong passwords or secrets were sent. Try again ${inSeconds(details)}.`,
    forAdministrator:
      'Too many wrong secrets from this address, or for this user. A generated secret that is right is still VALID.',
    tryAgain: 'AFTER_SECONDS',
  },
};
