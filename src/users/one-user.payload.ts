import { Field, ObjectType } from '@nestjs/graphql';
import type { AuditChange } from '../audit/changes/index.js';
import { UserModel } from './models/user.model.js';

/** The payload of every mutation that changes one user. */
@ObjectType({ isAbstract: true })
export abstract class OneUserPayload {
  @Field(() => UserModel)
  user!: UserModel;

  /** For the audit log, where it tells them; not a field of the API. */
  changes?: readonly AuditChange[];
}
