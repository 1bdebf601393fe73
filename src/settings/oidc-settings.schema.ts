import { sendsSecret } from './client-authentication.js';
import { groupNamesOf, groupNamesProblem } from './group-lists.js';
import { groupNameOf } from './group-name.js';
import { groupFilterProblem } from './group-rules.js';
import { OIDC_CONNECTION_SETTINGS, OidcConnectionSettings } from './oidc-connection.schema.js';
import { claimProblem, logoutParametersProblem, RequestParameter, separatorProblem } from './oidc-setting-problems.js';
import { OIDC_TRUST_SETTINGS, OidcTrustSettings } from './oidc-trust-settings.schema.js';
import { anything, Declarations, shortText } from './setting.js';

/** The settings of the OIDC provider. */
export interface OidcSettings extends OidcConnectionSettings, OidcTrustSettings {
  readonly groupsClaim: string | null;
  readonly groupsSeparator: string | null;
  readonly groupFilter: string | null;
  readonly adminGroup: string | null;
  readonly adminGroups: readonly string[];
  readonly loginGroups: readonly string[];
  readonly userClaim: string | null;
  readonly autoOnboard: boolean;
  readonly requireRepositoryName: boolean;
  readonly logout: boolean;
  readonly extraLogoutParameters: readonly RequestParameter[];
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
    isAdvanced: true,
    fallback: null,
    nullable: true,
    description: 'What separates the groups if the claim is one text, such as a comma. Null: a text is one group.',
    problemOf: separatorProblem,
  },
  groupFilter: {
    part: 'groups',
    isAdvanced: true,
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
  requireRepositoryName: {
    part: 'names',
    fallback: false,
    nullable: false,
    description:
      'Whether the user name of a new person must give a place in the registry, as ${username} in access rules. Names that exist stay.',
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
    isAdvanced: true,
    fallback: [],
    nullable: false,
    description:
      'Parameters added to the logout at the provider; protocol parameters cannot be replaced. One that names the way back (logout_uri, as Amazon Cognito wants it, returnTo or redirect_uri) is sent instead of post_logout_redirect_uri.',
    problemOf: logoutParametersProblem,
  },
  ...OIDC_TRUST_SETTINGS,
};

/** The names of the settings that OIDC mode requires and that are not set. */
export function missingForOidcMode(oidc: OidcSettings): string[] {
  const needed = ['endpoint', 'clientId', ...(sendsSecret(oidc) ? (['clientSecret'] as const) : [])] as const;
  return needed.filter((name) => oidc[name] === null).map((name) => `oidc.${name}`);
}
