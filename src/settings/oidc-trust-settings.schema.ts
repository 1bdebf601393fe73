import { anything, between, Declarations } from './setting.js';

/** The settings that say how long a login at the provider is trusted. */
export interface OidcTrustSettings {
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
  readonly groupsKeptHours: number;
  readonly maxSignInDays: number;
  readonly confirmAtUserinfo: boolean;
}

/** Each setting that says how long a login is trusted, declared once; a part of `OIDC_SETTINGS`. */
export const OIDC_TRUST_SETTINGS: Declarations<OidcTrustSettings> = {
  recheckMinutes: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'Refresh with the provider at least this often, even if its token lasts longer; 0 (default): only when the token expires.',
    ...between(0, 43_200, 'minutes'),
  },
  outageGraceMinutes: {
    part: 'trust',
    isAdvanced: true,
    fallback: 0,
    nullable: false,
    description:
      'How long an expired token is still accepted while the provider does not answer; 0 (default): not at all.',
    ...between(0, 10_080, 'minutes'),
  },
  groupsKeptHours: {
    part: 'trust',
    isAdvanced: true,
    fallback: 24,
    nullable: false,
    description:
      'How many hours the last reported groups stay valid if the provider refreshes tokens without reporting groups: 0 to 720 (thirty days). After that the groups are unknown and grant nothing until they are reported again.',
    ...between(0, 720, 'hours'),
  },
  maxSignInDays: {
    part: 'trust',
    isAdvanced: true,
    fallback: 0,
    nullable: false,
    description:
      'How many days after a browser login another one is required, whatever the provider says: 0 to 3,650; 0 (default): never.',
    ...between(0, 3650, 'days'),
  },
  confirmAtUserinfo: {
    fallback: false,
    nullable: false,
    part: 'trust',
    isAdvanced: true,
    description:
      'Whether userinfo must confirm the person after each refresh, for providers that go on refreshing for people who were disabled. Groups that it does not send then count as none. Switched on by an administrator who logs in at the provider: userinfo must answer for them. Off again before another endpoint or client ID is set.',
    problemOf: anything,
  },
};
