import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { PageRequest } from '../graphql/pagination.js';
import { UserConnection } from '../users/user-connection.model.js';
import { UserKind } from '../users/user.model.js';
import { OidcTokenState } from '../grants/grant-status.js';

/** Which users are asked for; everything that is said has to hold. */
@InputType({ description: 'search matches the beginning of the user name or e-mail address.' })
export class UserFilter {
  @Field(() => String, { nullable: true })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'The one user of this name, however it is written.' })
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

/** A page of the users that pass the filter. */
@ArgsType()
export class UsersRequest extends PageRequest {
  @Field(() => UserFilter, { nullable: true })
  filter?: UserFilter | null;
}

/** A page of users that knows which filter it came from, so that the total can be counted. */
export interface FilteredUsers extends UserConnection {
  readonly filter: UserFilter;
}
