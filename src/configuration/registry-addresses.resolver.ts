import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { ForUsers } from '../access/access.decorators.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { SettingsService } from '../settings/settings.service.js';
import { shownRegistryAddresses } from '../settings/shown-registry-addresses.js';

/** Tells users where the registry is, for the commands that they copy. */
@Resolver()
export class RegistryAddressesResolver {
  constructor(
    private readonly settings: SettingsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @ForUsers()
  @Query(() => [String], {
    nullable: true,
    description:
      'Where docker and other clients find the registry, each a host or host:port; the first is the one to show. The setting of this name, or else the hosts of REGISTRY_PUBLIC_URL.',
  })
  registryAddresses(): readonly string[] {
    return shownRegistryAddresses(this.settings.current().general.registryAddresses, this.environment);
  }
}
