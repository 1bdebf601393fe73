import { Injectable } from '@nestjs/common';
import { AuditActorKind, AuditOutcome, AuditService } from '../../audit/index.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { RateLimited } from '../../common/errors/common.errors.js';
import { RegistryLoginRefused, RegistryLoginUnavailable } from '../protocol/index.js';

/** Audits refused registry logins, summed by minute. Successful ones are not audited: every pull is one. */
@Injectable()
export class RegistryAudit {
  constructor(private readonly audit: AuditService) {}

  /** Audits an error of the token service, if it is a refused or undecided login. */
  async write(error: unknown, request: { readonly id: string; readonly ip?: string }): Promise<void> {
    const isUndecided = error instanceof RegistryLoginUnavailable;
    const isRefused = error instanceof RegistryLoginRefused || error instanceof RateLimited;
    if (!isRefused && !isUndecided) return;
    await this.audit.write({
      action: 'registry.login',
      actor: { kind: AuditActorKind.ANONYMOUS, id: null },
      target: null,
      outcome: isRefused ? AuditOutcome.REFUSED : AuditOutcome.FAILED,
      reason: error instanceof RateLimited ? error.code : error.reason,
      remoteAddress: clientAddressOf(request),
      requestId: request.id,
    });
  }
}
