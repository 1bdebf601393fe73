import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime, Secret } from '../graphql/scalars/index.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { UserModel } from '../users/models/index.js';
import { CliSecretStatus } from './cli-secret-status.js';
import { CliSecret, CliSecretOrigin } from './cli-secret.entity.js';

registerEnumType(CliSecretOrigin, { name: 'CliSecretOrigin' });
registerEnumType(CliSecretStatus, { name: 'CliSecretStatus' });

/** A CLI secret as the API shows it; its text only to its owner. */
@ObjectType('CliSecret', {
  description: 'The password of an OIDC user for docker, helm and other registry clients.',
})
export class CliSecretModel {
  @Field(() => String, {
    nullable: true,
    description:
      'Null for everybody but its owner. Null for the owner too if it can no longer be shown: generate a new one.',
  })
  secret!: string | null;

  @Field(() => CliSecretOrigin)
  origin!: CliSecretOrigin;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null;

  /** The owner, for field resolvers; not a field of the API. */
  userId!: string;

  /** @param text the text of the secret, or null unless the reader is its owner */
  static of({ userId, origin, createdAt, lastUsedAt }: CliSecret, text: SecretText | null): CliSecretModel {
    const secret = text && text.reveal();
    return Object.assign(new CliSecretModel(), { secret, origin, createdAt, lastUsedAt, userId });
  }
}

/** The new secret. */
@ObjectType()
export class GenerateCliSecretPayload {
  @Field(() => CliSecretModel)
  cliSecret!: CliSecretModel;
}

/** A secret that its owner chose. */
@InputType()
export class SetCliSecretInput {
  @Field(() => Secret)
  secret!: SecretText;
}

/** The chosen secret. */
@ObjectType()
export class SetCliSecretPayload {
  @Field(() => CliSecretModel)
  cliSecret!: CliSecretModel;
}

/** The user whose secret was revoked. */
@ObjectType()
export class RevokeCliSecretPayload {
  @Field(() => UserModel)
  user!: UserModel;
}

/** The user whose secret is to be revoked. */
@InputType()
export class RevokeUserCliSecretInput {
  @Field(() => ID)
  userId!: string;
}

/** The user whose secret was revoked. */
@ObjectType()
export class RevokeUserCliSecretPayload {
  @Field(() => UserModel)
  user!: UserModel;
}
