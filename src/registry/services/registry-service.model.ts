import { Field, ObjectType } from '@nestjs/graphql';
import type { Environment, RegistryService } from '../../config/env.js';
import { publicUrlOf } from '../../config/public-urls.js';
import { certificatePathOf } from '../keys/index.js';

/** A service of registries as the API shows it. */
@ObjectType('RegistryService', {
  description:
    'A name for which registries ask for tokens: the audience of these tokens. Environment variables list them.',
})
export class RegistryServiceModel {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Where its registries get the certificate with which they verify tokens.' })
  certificateUrl!: string;

  @Field(() => Boolean, {
    description: 'Whether no other service shares the certificate, for registries that verify with its public key.',
  })
  hasOwnCertificate!: boolean;

  static of(service: RegistryService, environment: Environment): RegistryServiceModel {
    const certificateUrl = publicUrlOf(environment, certificatePathOf(service));
    return Object.assign(new RegistryServiceModel(), service, { certificateUrl });
  }
}
