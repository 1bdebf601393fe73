import { Args, Query, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../audit/index.js';
import { CurrentUser, ForAdmins, ForAdminsInPerson } from '../access/access.decorators.js';
import { ValidForm } from '../graphql/index.js';
import type { UserPrincipal } from '../access/principal.js';
import {
  CreateServiceTokenInput,
  CreateServiceTokenPayload,
  DeleteServiceTokenInput,
  DeleteServiceTokenPayload,
  ServiceTokensRequest,
} from './service-token.inputs.js';
import { createdServiceTokenTarget, deletedServiceTokenTarget } from './service-token.audit.js';
import { ServiceTokenConnection } from './service-token.model.js';
import { ServiceTokenViews } from './service-token-views.service.js';
import { ServiceTokensService } from './service-tokens.service.js';

/** Service tokens. */
@Resolver()
export class ServiceTokensResolver {
  constructor(
    private readonly serviceTokens: ServiceTokensService,
    private readonly views: ServiceTokenViews,
  ) {}

  @ForAdmins()
  @Query(() => ServiceTokenConnection, { name: 'serviceTokens', nullable: true, description: 'Newest first.' })
  async list(@Args() request: ServiceTokensRequest): Promise<ServiceTokenConnection> {
    const { edges, ...rest } = await this.serviceTokens.list(request);
    const nodes = await this.views.of(edges.map(({ node }) => node));
    return { ...rest, edges: nodes.map((node, place) => ({ cursor: edges[place]?.cursor ?? '', node })) };
  }

  @ForAdminsInPerson()
  @ValidForm()
  @AuditedMutation('service_token.create', createdServiceTokenTarget, () => CreateServiceTokenPayload, {
    description: 'Administrators in person, not service tokens.',
  })
  async createServiceToken(
    @CurrentUser() actor: UserPrincipal,
    @Args('input') input: CreateServiceTokenInput,
  ): Promise<CreateServiceTokenPayload> {
    const { token, serviceToken } = await this.serviceTokens.create(actor, input);
    return { token: token.reveal(), serviceToken: await this.views.ofOne(serviceToken) };
  }

  @ForAdmins()
  @AuditedMutation('service_token.delete', deletedServiceTokenTarget, () => DeleteServiceTokenPayload)
  async deleteServiceToken(@Args('input') input: DeleteServiceTokenInput): Promise<DeleteServiceTokenPayload> {
    const deleted = await this.serviceTokens.delete(input.serviceTokenId);
    return { serviceTokenId: input.serviceTokenId, deleted };
  }
}
