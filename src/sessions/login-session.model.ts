import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';

/** A browser session of a user. */
@ObjectType({ description: 'A browser session of a user.' })
export class LoginSession {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean)
  isCurrent!: boolean;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  lastSeenAt!: Date;

  @Field(() => DateTime)
  expiresAt!: Date;

  @Field(() => String, { nullable: true })
  remoteAddress!: string | null;

  @Field(() => String, { nullable: true })
  userAgent!: string | null;
}

/** The session to end. */
@InputType()
export class EndSessionInput {
  @Field(() => ID)
  sessionId!: string;
}

/** The session that was ended. */
@ObjectType()
export class EndSessionPayload {
  @Field(() => ID)
  sessionId!: string;
}
