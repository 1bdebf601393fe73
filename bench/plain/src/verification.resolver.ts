import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { Verification, VerifyArgs } from './models.js';
import { ServiceTokenGuard } from './service-token.guard.js';
import { VerificationService } from './verification.service.js';

/** The one query of the service. */
@Resolver()
export class VerificationResolver {
  constructor(private readonly verifications: VerificationService) {}

  @Query(() => Verification)
  @UseGuards(ServiceTokenGuard)
  verifyCliSecret(@Args() args: VerifyArgs): Promise<Verification> {
    return this.verifications.verify(args);
  }
}
