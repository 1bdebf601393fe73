import { anything, between, Declarations } from './setting.js';

/** The most that `registryTokenMinutes` can be: by then every registry token has ended. */
export const LONGEST_REGISTRY_TOKEN_MINUTES = 60;

/** The most that a limit of what is counted can be: each one that counted is kept until its time is over. */
const MOST_COUNTED = 1000;

/** The settings that are not about the provider. */
export interface GeneralSettings {
  readonly selfRegistration: boolean;
  readonly registrationsPerHour: number;
  readonly oidcPrimary: boolean;
  readonly sessionIdleMinutes: number;
  readonly sessionMaximumMinutes: number;
  readonly registryTokenMinutes: number;
  readonly auditRetentionDays: number;
  readonly wrongSecretsPerAddress: number;
  readonly wrongSecretsPerUser: number;
  readonly wrongSecretMinutes: number;
}

/** Every general setting, declared once. */
export const GENERAL_SETTINGS: Declarations<GeneralSettings> = {
  selfRegistration: {
    fallback: false,
    nullable: false,
    description: 'Whether people may make an account for themselves. It counts in DATABASE mode alone.',
    problemOf: anything,
  },
  registrationsPerHour: {
    fallback: 30,
    nullable: false,
    description:
      'How many accounts people at one address may make for themselves within an hour, where they may: 1 to 1,000.',
    problemOf: between(1, MOST_COUNTED),
  },
  oidcPrimary: {
    fallback: false,
    nullable: false,
    description: 'Whether the login page offers the provider ahead of the local form.',
    problemOf: anything,
  },
  sessionIdleMinutes: {
    fallback: 60,
    nullable: false,
    description: 'After how many minutes without a request a browser has to log in again: 5 to 10,080 (a week).',
    problemOf: between(5, 10_080),
  },
  sessionMaximumMinutes: {
    fallback: 720,
    nullable: false,
    description: 'After how many minutes a browser has to log in again in any case: 5 to 43,200 (thirty days).',
    problemOf: between(5, 43_200),
  },
  registryTokenMinutes: {
    fallback: 5,
    nullable: false,
    description: 'For how many minutes a registry token counts: 1 to 60. It is not asked about again in that time.',
    problemOf: between(1, LONGEST_REGISTRY_TOKEN_MINUTES),
  },
  auditRetentionDays: {
    fallback: 365,
    nullable: false,
    description: 'For how many days the audit log keeps what happened: 1 to 3,650.',
    problemOf: between(1, 3650),
  },
  wrongSecretsPerAddress: {
    fallback: 30,
    nullable: false,
    description:
      'How many different wrong passwords and secrets one address may send within wrongSecretMinutes: 5 to 1,000. A user name under which it lately logged in is not affected.',
    problemOf: between(5, MOST_COUNTED),
  },
  wrongSecretsPerUser: {
    fallback: 50,
    nullable: false,
    description:
      'How many different wrong passwords and chosen secrets may be tried for one user within wrongSecretMinutes, over all addresses: 5 to 1,000. Each address from which the user lately logged in has a budget of its own.',
    problemOf: between(5, MOST_COUNTED),
  },
  wrongSecretMinutes: {
    fallback: 15,
    nullable: false,
    description: 'For how many minutes wrong passwords and secrets count, from the first one on: 1 to 1,440 (a day).',
    problemOf: between(1, 1440),
  },
};
