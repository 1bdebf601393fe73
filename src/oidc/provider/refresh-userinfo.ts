import { claimOf, Claims, isObject, outermostOf } from './claim-paths.js';
import { groupsProblemIn, GroupsSource, profileFrom, tellsGroups } from './claims.js';
import { ProviderSettings } from './provider-settings.js';
import { ProviderUnavailable } from './provider.errors.js';
import { ofAnotherPerson, ofNobodyKnown, refusedAtUserinfo } from './unclear-tokens.js';
import { UserinfoAnswer } from './userinfo.js';

/** The groups that a refresh tells. */
export interface RefreshedGroups {
  /** Null: not known, so the stored groups stay. Empty: in no group. */
  readonly groups: readonly string[] | null;
  readonly groupsSource: GroupsSource;
  /** Why asking for the groups failed; null if it succeeded or was not necessary. */
  readonly groupsFailure: string | null;
  /** What of the groups could not be taken as it was sent, for the log; null if nothing. */
  readonly groupsProblem?: string | null;
}

/** The grant that a refresh renews. */
export interface RefreshedGrant {
  readonly subject: string;
  /** Whether its refresh token came in an answer about another person: then it must be shown whose tokens these are. */
  readonly isForeign: boolean;
}

type Asking = () => Promise<UserinfoAnswer>;
type Rules = Pick<ProviderSettings, 'issuer' | 'groupsClaim' | 'groupsSeparator' | 'userClaim' | 'confirmAtUserinfo'>;

/**
 * The groups after a refresh. Userinfo is asked if the ID token has none, if there is no ID token and the grant is foreign,
 * and always with `confirmAtUserinfo`. Its failure means only that the groups are not known, because the tokens are valid
 * without it, except:
 *
 * - claims about another person, and none for a foreign grant without an ID token: {@link UnclearTokens}
 * - with `confirmAtUserinfo`, a refused access token: {@link UnclearTokens}; any other failure: {@link ProviderUnavailable}
 *
 * @param idToken the verified claims; null if there was no ID token
 * @param ask asks userinfo about the subject of the grant
 */
export async function groupsAfterRefresh(
  idToken: Claims | null,
  grant: RefreshedGrant,
  rules: Rules,
  ask: Asking,
): Promise<RefreshedGroups> {
  const isProofNeeded = grant.isForeign && idToken === null;
  const isAsked = isProofNeeded || rules.confirmAtUserinfo === true || areGroupsUnknown(idToken, rules);
  if (!isAsked) return groupsFrom(idToken, null, grant, rules);
  const answer = await ask();
  if (answer.kind === 'OTHER_SUBJECT') throw ofAnotherPerson();
  if (isProofNeeded && answer.kind !== 'CLAIMS') throw ofNobodyKnown();
  if (rules.confirmAtUserinfo) demandConfirmation(answer);
  return { ...groupsFrom(idToken, answer.claims, grant, rules), groupsFailure: answer.failure };
}

function demandConfirmation({ kind, failure }: UserinfoAnswer): void {
  if (kind === 'CLAIMS') return;
  if (kind === 'REFUSED') throw refusedAtUserinfo(failure);
  throw new ProviderUnavailable(failure ?? 'userinfo: no endpoint, or no access token');
}

function groupsFrom(
  idToken: Claims | null,
  userinfo: Claims | null,
  { subject }: RefreshedGrant,
  rules: Rules,
): RefreshedGroups {
  const { groups, groupsSource } = profileFrom(idToken ?? { iss: rules.issuer, sub: subject }, userinfo, rules);
  const isEmpty = groups === null && lacksGroups(idToken, userinfo, rules);
  const notes = { groupsFailure: null, groupsProblem: groupsProblemIn(idToken, userinfo, rules) };
  return { ...(isEmpty ? { groups: [], groupsSource: 'USERINFO' } : { groups, groupsSource }), ...notes };
}

function areGroupsUnknown(idToken: Claims | null, rules: Rules): boolean {
  return rules.groupsClaim !== null && !(idToken !== null && tellsGroups(idToken, rules));
}

/**
 * Whether nobody tells groups where userinfo is asked each time: some providers leave them out for people who were disabled.
 * A claim in a form that can't be read, or one that is told elsewhere, is not absent.
 */
function lacksGroups(
  idToken: Claims | null,
  userinfo: Claims | null,
  { confirmAtUserinfo, groupsClaim }: Rules,
): boolean {
  if (!confirmAtUserinfo || userinfo === null || groupsClaim === null) return false;
  const isAbsent = (claims: Claims) =>
    claimOf(claims, groupsClaim) === undefined &&
    !Object.hasOwn(claims, '_claim_names') &&
    outermostOf(groupsClaim).every((name) => !Object.hasOwn(claims, name) || isObject(claims[name]));
  return isAbsent(userinfo) && (idToken === null || isAbsent(idToken));
}
