import { Injectable } from '@nestjs/common';
import { AuditActorKind, AuditOutcome, AuditService } from '../../audit/index.js';
import { SuccessAudit } from '../../audit/audit.module.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { RateLimited } from '../../common/errors/common.errors.js';
import type { RegistrySubject } from '../access-rules/index.js';
import { RegistryLoginRefused, RegistryLoginUnavailable } from '../protocol/index.js';

/** The action of events about registry logins. */
const ACTION = 'registry.login';

/** Audits registry logins, summed by minute: every pull is one. */
@Injectable()
export class RegistryAudit {
  constructor(
    private readonly audit: AuditService,
    private readonly successes: SuccessAudit,
  ) {}

  /** Counts a successful login; an anonymous request is none. */
  noteSuccess({ userId, username }: RegistrySubject, request: { readonly ip?: string }): void {
    if (userId === null || username === null) return;
    const actor = { kind: AuditActorKind.USER, id: userId };
    const user = { id: userId, username };
    this.successes.note({ action: ACTION, actor, user, remoteAddress: clientAddressOf(request) });
  }

  /** Audits an error of the token service, if it is a refused or undecided login. */
  async write(error: unknown, request: { readonly id: string; readonly ip?: string }): Promise<void> {
    const isUndecided = error instanceof RegistryLoginUnavailable;
    const isRefused = error instanceof RegistryLoginRefused || error instanceof RateLimited;
    if (!isRefused && !isUndecided) return;
    const name = error instanceof RateLimited ? undefined : error.presented;
    await this.audit.write({
      action: ACTION,
      actor: { kind: AuditActorKind.ANONYMOUS, id: null },
      target: name?.user ? { type: 'user', id: name.user.id, label: name.user.username } : null,
      sumBy: name?.digest,
      outcome: isRefused ? AuditOutcome.REFUSED : AuditOutcome.FAILED,
      reason: error instanceof RateLimited ? error.code : error.reason,
      remoteAddress: clientAddressOf(request),
      requestId: request.id,
    });
  }
}
