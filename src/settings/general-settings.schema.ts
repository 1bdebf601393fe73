import { registryAddressesProblem } from './registry-addresses.js';
import { anything, between, Declarations } from './setting.js';
import { webOriginsProblem } from './web-origins.js';

/** The maximum of `registryTokenMinutes`: no registry token lives longer. */
export const LONGEST_REGISTRY_TOKEN_MINUTES = 60;

/** The maximum of a counting limit: each counted entry is stored until its window ends. */
const MOST_COUNTED = 1000;

/** The settings that do not concern the provider. */
export interface GeneralSettings {
  readonly selfRegistration: boolean;
  readonly registrationsPerHour: number;
  readonly oidcPrimary: boolean;
  readonly sessionIdleMinutes: number;
  readonly sessionMaximumMinutes: number;
  readonly registryTokenMinutes: number;
  readonly registryAddresses: readonly string[];
  readonly registryUiOrigins: readonly string[];
  readonly auditRetentionDays: number;
  readonly wrongSecretsPerAddress: number;
  readonly wrongSecretsPerUser: number;
  readonly wrongSecretMinutes: number;
}

/** Every general setting, declared once. */
export const GENERAL_SETTINGS: Declarations<GeneralSettings> = {
  selfRegistration: {
    part: 'registration',
    onlyIn: 'DATABASE',
    fallback: false,
    nullable: false,
    description: 'Whether people may create an account for themselves. Applies only in DATABASE mode.',
    problemOf: anything,
  },
  registrationsPerHour: {
    part: 'registration',
    onlyIn: 'DATABASE',
    fallback: 30,
    nullable: false,
    description: 'How many accounts may be self-registered from one address within an hour: 1 to 1,000.',
    ...between(1, MOST_COUNTED),
  },
  oidcPrimary: {
    part: 'names',
    after: 'autoOnboard',
    fallback: true,
    nullable: false,
    description: 'Whether the login page shows the provider above the local form.',
    problemOf: anything,
  },
  sessionIdleMinutes: {
    part: 'sessions',
    fallback: 60,
    nullable: false,
    description: 'Minutes without a request after which a session ends: 5 to 10,080 (a week).',
    ...between(5, 10_080, 'minutes'),
  },
  sessionMaximumMinutes: {
    part: 'sessions',
    fallback: 720,
    nullable: false,
    description: 'Maximum length of a session in minutes: 5 to 43,200 (thirty days).',
    ...between(5, 43_200, 'minutes'),
  },
  registryTokenMinutes: {
    part: 'registry',
    fallback: 5,
    nullable: false,
    description: 'Lifetime of a registry token in minutes: 1 to 60. A token cannot be revoked within its lifetime.',
    ...between(1, LONGEST_REGISTRY_TOKEN_MINUTES, 'minutes'),
  },
  registryAddresses: {
    part: 'registry',
    fallback: [],
    nullable: false,
    holdsTexts: true,
    description:
      'The addresses at which docker and other clients find the registry, as a host or host:port, such as registry.example.com: at most 20. The profile shows the first in its commands. Only shown, never a rule. Empty: the hosts of REGISTRY_PUBLIC_URL.',
    problemOf: registryAddressesProblem,
  },
  registryUiOrigins: {
    part: 'registry',
    isAdvanced: true,
    fallback: [],
    nullable: false,
    holdsTexts: true,
    description:
      'Origins of registry user interfaces that may ask /service/token in the browser (CORS), such as https://ui.example.com: at most 20, each exact, without wildcards. Cookies are never accepted there.',
    problemOf: webOriginsProblem,
  },
  auditRetentionDays: {
    part: 'audit',
    fallback: 365,
    nullable: false,
    description: 'How many days the audit log keeps its events: 1 to 3,650.',
    ...between(1, 3650, 'days'),
  },
  wrongSecretsPerAddress: {
    part: 'guessing',
    fallback: 30,
    nullable: false,
    description:
      'How many different wrong passwords and secrets one address may send within wrongSecretMinutes: 5 to 1,000. Does not apply to a user who recently logged in from that address.',
    ...between(5, MOST_COUNTED),
  },
  wrongSecretsPerUser: {
    part: 'guessing',
    fallback: 50,
    nullable: false,
    description:
      'How many different wrong passwords and chosen secrets may be tried for one user within wrongSecretMinutes, from all addresses together: 5 to 1,000. Each address from which the user recently logged in has a budget of its own.',
    ...between(5, MOST_COUNTED),
  },
  wrongSecretMinutes: {
    part: 'guessing',
    fallback: 15,
    nullable: false,
    description:
      'Counting window in minutes for wrong passwords and secrets, from the first one on: 1 to 1,440 (a day).',
    ...between(1, 1440, 'minutes'),
  },
};
