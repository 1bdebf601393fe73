import type { ProfileQuery } from '../../generated/graphql';

/** The logged-in user, with everything that the profile shows. */
export type ProfileUser = NonNullable<ProfileQuery['me']>;
