import { Injectable } from '@nestjs/common';
import type { MooringRequest } from '../access/access.decorators.js';
import { actorOf, AuditOutcome, AuditService } from '../audit/index.js';
import { SuccessAudit } from '../audit/audit.module.js';
import { CliSecretStatus } from './cli-secret-status.js';
import { STATUS_MESSAGES } from './status-messages.js';
import type { Verification } from './verification.js';

/** The action of events about verifications. */
const ACTION = 'cli_secret.verify';

/** Audits verifications, summed by user, address block and minute: refused ones at once, successful ones in the background. */
@Injectable()
export class VerificationAudit {
  constructor(
    private readonly audit: AuditService,
    private readonly successes: SuccessAudit,
  ) {}

  /** Audits the result of a verification; a refused one is stored when this returns. */
  async write(request: MooringRequest, remoteAddress: string | null, verification: Verification): Promise<void> {
    const actor = actorOf(request.principal);
    if (verification.status === CliSecretStatus.VALID) {
      const { userId: id, username } = verification.principal;
      return this.successes.note({ action: ACTION, actor, user: { id, username }, remoteAddress });
    }
    const { status: reason, name } = verification;
    const isUndecided = STATUS_MESSAGES[reason].tryAgain === 'LATER';
    await this.audit.write({
      action: ACTION,
      target: name?.user ? { type: 'user', id: name.user.id, label: name.user.username } : null,
      sumBy: name?.digest,
      outcome: isUndecided ? AuditOutcome.FAILED : AuditOutcome.REFUSED,
      ...{ actor, reason, remoteAddress, requestId: request.id },
    });
  }
}
