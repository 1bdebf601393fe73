import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { PageRequest } from '../graphql/index.js';
import { UserConnection, UserKind } from '../users/models/index.js';
import { OidcTokenState } from '../grants/status/index.js';

/** Which users to return; all given conditions must hold. */
@InputType({
  description:
    'search finds the beginnings of words in user name, real name and e-mail address, all of them; with an at sign, the beginning of the e-mail address.',
})
export class UserFilter {
  @Field(() => String, { nullable: true })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'The user with this name, whatever its case.' })
  username?: string | null;

  @Field(() => UserKind, { nullable: true })
  kind?: UserKind | null;

  @Field(() => Boolean, { nullable: true })
  isAdmin?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  isDisabled?: boolean | null;

  @Field(() => ID, { nullable: true })
  groupId?: string | null;

  @Field(() => OidcTokenState, { nullable: true })
  tokenState?: OidcTokenState | null;
}

/** The page and the filter of a query for users. */
@ArgsType()
export class UsersRequest extends PageRequest {
  @Field(() => UserFilter, { nullable: true })
  filter?: UserFilter | null;
}

/** A page of users with its filter, so that the total can be counted. */
export interface FilteredUsers extends UserConnection {
  readonly filter: UserFilter;
  /** A condition that few users fulfil, among them all who match, if there is one. */
  readonly few: string | null;
}
