import { secondsInWords } from '../common/errors/common.errors.js';
import { publicUrlOf } from '../config/public-urls.js';
import { CliSecretStatus, RefusedStatus } from './cli-secret-status.js';

/** The details in the messages for an owner. */
export interface MessageDetails {
  readonly publicUrl: URL;
  /** In how many seconds a throttled client may try again. */
  readonly retryAfterSeconds?: number;
  /** What the provider did instead of refreshing; by default it did not answer. */
  readonly provider?: ProviderFault;
}

/**
 * How the provider fails: it does not answer, it answers with errors, or it does so for this person and refreshes the
 * logins of others.
 */
export type ProviderFault = 'SILENT' | 'ERRORS' | 'ERRORS_FOR_ONE';

/** After so many errors in a row, while others are refreshed, a new login is the way out. */
const ERRORS_FOR_ONE = 3;

/** The fault that so many errors in a row stand for. */
export function providerFaultOf(errorAnswers: number): ProviderFault {
  if (errorAnswers === 0) return 'SILENT';
  return errorAnswers < ERRORS_FOR_ONE ? 'ERRORS' : 'ERRORS_FOR_ONE';
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
const PROVIDER_FAULTS: Readonly<Record<ProviderFault, (details: MessageDetails) => string>> = {
  SILENT: () => 'The identity provider does not answer. Nothing is lost: try again in a minute.',
  ERRORS: () => 'The identity provider answered with an error. Nothing is lost: try again in a minute.',
  ERRORS_FOR_ONE: (details) =>
    `The identity provider answers with an error for your login, and not for others. Try again in a minute; if it stays, ${logIn(details)}.`,
};
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
    forOwner: (details) => PROVIDER_FAULTS[details.provider ?? 'SILENT'](details),
    forAdministrator: 'The provider did not answer in time, or with an error of its own. Nothing is lost: try again.',
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
  [CliSecretStatus.REFRESH_UNCLEAR]: {
    forOwner: (details) => `The identity provider did not renew your login: ${logIn(details)}.`,
    forAdministrator:
      'The provider did not refresh, and did not say that the login has ended: the user has to log in again, unless the provider refreshes at a later use.',
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
    forOwner: (details) =>
      `The user name or CLI secret is wrong. Your CLI secret is shown at ${publicUrlOf(details, '/profile')}.`,
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
