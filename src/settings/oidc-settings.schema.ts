import { sendsSecret } from './client-authentication.js';
import { groupNamesOf, groupNamesProblem } from './group-lists.js';
import { groupNameOf } from './group-name.js';
import { groupFilterProblem } from './group-rules.js';
import { OIDC_CONNECTION_SETTINGS, OidcConnectionSettings } from './oidc-connection.schema.js';
import { claimProblem, logoutParametersProblem, RequestParameter, separatorProblem } from './oidc-setting-problems.js';
import { anything, between, Declarations, shortText } from './setting.js';

/** The settings of the OIDC provider. */
export interface OidcSettings extends OidcConnectionSettings {
  readonly groupsClaim: string | null;
  readonly groupsSeparator: string | null;
  readonly groupFilter: string | null;
  readonly adminGroup: string | null;
  readonly adminGroups: readonly string[];
  readonly loginGroups: readonly string[];
  readonly userClaim: string | null;
  readonly autoOnboard: boolean;
  readonly logout: boolean;
  readonly extraLogoutParameters: readonly RequestParameter[];
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
  readonly groupsKeptHours: number;
  readonly maxSignInDays: number;
  readonly confirmAtUserinfo: boolean;
}

/** Every setting of the OIDC provider, declared once: default, description, validation, and whether it is sealed at rest. */
export const OIDC_SETTINGS: Declarations<OidcSettings> = {
  ...OIDC_CONNECTION_SETTINGS,
  groupsClaim: {
    part: 'groups',
    fallback: null,
    nullable: true,
    description:
      'A claim, a path of claims such as realm_access.roles, or a JSON pointer such as /realm_access/roles. Null: no groups.',
    problemOf: claimProblem,
  },
  groupsSeparator: {
    part: 'groups',
    fallback: null,
    nullable: true,
    description: 'What separates the groups if the claim is one text, such as a comma. Null: a text is one group.',
    problemOf: separatorProblem,
  },
  groupFilter: {
    part: 'groups',
    fallback: null,
    nullable: true,
    description: "A regular expression (RE2); groups that don't match are left out.",
    problemOf: groupFilterProblem,
  },
  adminGroup: {
    part: { because: 'the page shows adminGroups, of which it is the first' },
    fallback: null,
    nullable: true,
    description:
      'Members of this provider group are administrators for as long as the provider lists them. One name, never split; the first of adminGroups.',
    storedForm: groupNameOf,
    problemOf: shortText(255),
  },
  adminGroups: {
    part: 'groups',
    fallback: [],
    nullable: false,
    holdsTexts: true,
    description:
      'Members of any of these provider groups are administrators for as long as the provider lists them: at most 100 names. Setting adminGroup makes it a list of that one.',
    storedForm: groupNamesOf,
    problemOf: groupNamesProblem,
  },
  loginGroups: {
    part: 'groups',
    fallback: [],
    nullable: false,
    holdsTexts: true,
    description:
      'Only members of at least one of these provider groups may log in, use their CLI secret or administer: at most 100 names. Empty (default): everybody whom the provider knows. The group filter does not apply.',
    storedForm: groupNamesOf,
    problemOf: groupNamesProblem,
  },
  userClaim: {
    part: 'names',
    fallback: null,
    nullable: true,
    description: 'The claim for the user name: a name, a path or a JSON pointer. Null: preferred_username, then name.',
    problemOf: claimProblem,
  },
  autoOnboard: {
    part: 'names',
    fallback: false,
    nullable: false,
    description: 'Whether a first login takes its user name from the user claim if that name is valid and free.',
    problemOf: anything,
  },
  logout: {
    part: 'names',
    fallback: false,
    nullable: false,
    description:
      'Whether logging out here also ends the session at the provider. Some providers (Pocket ID among them) revoke the refresh token then, which ends the CLI secret until the next login. Once that was seen, the portal asks before each logout whether to log out at the provider as well.',
    problemOf: anything,
  },
  extraLogoutParameters: {
    part: 'names',
    fallback: [],
    nullable: false,
    description:
      'Parameters added to the logout at the provider; protocol parameters cannot be replaced. One that names the way back (logout_uri, as Amazon Cognito wants it, returnTo or redirect_uri) is sent instead of post_logout_redirect_uri.',
    problemOf: logoutParametersProblem,
  },
  recheckMinutes: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'Refresh with the provider at least this often, even if its token lasts longer; 0 (default): only when the token expires.',
    problemOf: between(0, 43_200),
  },
  outageGraceMinutes: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'How long an expired token is still accepted while the provider does not answer; 0 (default): not at all.',
    problemOf: between(0, 10_080),
  },
  groupsKeptHours: {
    part: 'trust',
    fallback: 24,
    nullable: false,
    description:
      'How many hours the last reported groups stay valid if the provider refreshes tokens without reporting groups: 0 to 720 (thirty days). After that the groups are unknown and grant nothing until they are reported again.',
    problemOf: between(0, 720),
  },
  maxSignInDays: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'How many days after a browser login another one is required, whatever the provider says: 0 to 3,650; 0 (default): never.',
    problemOf: between(0, 3650),
  },
  confirmAtUserinfo: {
    fallback: false,
    nullable: false,
    part: 'trust',
    description:
      'Whether userinfo must confirm the person after each refresh, for providers that go on refreshing for people who were disabled. Groups that it does not send then count as none. Switched on by an administrator who logs in at the provider: userinfo must answer for them. Off again before another endpoint or client ID is set.',
    problemOf: anything,
  },
};

/** The names of the settings that OIDC mode requires and that are not set. */
export function missingForOidcMode(oidc: OidcSettings): string[] {
  const needed = ['endpoint', 'clientId', ...(sendsSecret(oidc) ? (['clientSecret'] as const) : [])] as const;
  return needed.filter((name) => oidc[name] === null).map((name) => `oidc.${name}`);
}
