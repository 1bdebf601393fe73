import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { ForAdmins } from '../../access/access.decorators.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/env.js';
import { RegistryServiceModel } from './registry-service.model.js';

/** The services of registries, for administrators. */
@Resolver()
export class RegistryServicesResolver {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  @ForAdmins()
  @Query(() => [RegistryServiceModel], {
    name: 'registryServices',
    nullable: true,
    description: 'The first one is that of a token request that names none.',
  })
  list(): RegistryServiceModel[] {
    return this.environment.registryServices.map((service) => RegistryServiceModel.of(service, this.environment));
  }
}
