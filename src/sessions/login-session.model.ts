import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../graphql/date-time.scalar.js';

/** A place where somebody is logged in. */
@ObjectType({ description: 'A place where somebody is logged in by browser.' })
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

/** Which session is to end. */
@InputType()
export class EndSessionInput {
  @Field(() => ID)
  sessionId!: string;
}

/** Which session has ended. */
@ObjectType()
export class EndSessionPayload {
  @Field(() => ID)
  sessionId!: string;
}
