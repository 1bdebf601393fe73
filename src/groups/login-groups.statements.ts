import { GroupKeeping, groupsToldSince, LoginGroupSettings, whereGroupsAreKnown } from '../settings/group-rules.js';

/**
 * The rule of `mayLogIn` in SQL, for lists: a condition on `provider_grants` pg of the configured provider, by the index of
 * memberships. Takes the parameters of {@link loginGroupParameters}.
 */
export const IS_IN_LOGIN_GROUP = `(:isEverybodyAllowed = 1 OR (${whereGroupsAreKnown('pg', ':groupsToldSince')}
  AND EXISTS (SELECT 1 FROM memberships lm JOIN user_groups lg ON lg.id = lm.group_id
    WHERE lm.user_id = pg.user_id AND lg.name IN (:...loginGroups))))`;

/** The parameters of {@link IS_IN_LOGIN_GROUP}. */
export function loginGroupParameters(settings: LoginGroupSettings & GroupKeeping, now: Date) {
  const { loginGroups } = settings;
  return {
    isEverybodyAllowed: loginGroups.length === 0 ? 1 : 0,
    // Never an empty list, which is no SQL; no group has an empty name.
    loginGroups: ['', ...loginGroups],
    groupsToldSince: groupsToldSince(settings, now),
  };
}
