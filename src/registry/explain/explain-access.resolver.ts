import { Args, Query, Resolver } from '@nestjs/graphql';
import { ForAdmins } from '../../access/access.decorators.js';
import { AccessExplanations } from './access-explanations.service.js';
import { AccessDecision } from '../access-rules/index.js';
import { RegistryAction } from '../protocol/index.js';

/** Explains decisions of the token service to administrators. */
@Resolver()
export class ExplainAccessResolver {
  constructor(private readonly explanations: AccessExplanations) {}

  @ForAdmins()
  @Query(() => AccessDecision, {
    nullable: true,
    description: 'Whether this user, or with null an anonymous client, may do this, and which rule decides.',
  })
  explainAccess(
    @Args('username', { type: () => String, nullable: true }) username: string | null | undefined,
    @Args('repository', { type: () => String }) repository: string,
    @Args('action', { type: () => RegistryAction }) action: RegistryAction,
    @Args('service', {
      type: () => String,
      nullable: true,
      description: 'The name of a registryServices entry; null: the first one, as in a token request without one.',
    })
    service?: string | null,
  ): Promise<AccessDecision> {
    return this.explanations.explain({ username: username ?? null, repository, action, service: service ?? null });
  }
}
