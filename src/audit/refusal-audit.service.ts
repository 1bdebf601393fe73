import { ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { exchangeOf } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import { RateLimited, WrongCredentials } from '../common/errors/common.errors.js';
import { outcomeOf } from './audit-event.js';
import { actorOf, AUDITED, AuditedHandler } from './audit.interceptor.js';
import { AuditService } from './audit.service.js';

/** The action of events about wrong credentials in a header. */
const AUTHENTICATE = 'authenticate';

/**
 * Audits refusals of the guard: those of audited handlers, and those of wrong credentials on any handler. No interceptor
 * sees them, because guards run first. The target that a stranger names is not read.
 */
@Injectable()
export class RefusalAudit {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditService,
  ) {}

  /** Audits that the guard refused a call with this error. */
  async note(context: ExecutionContext, error: unknown): Promise<void> {
    const audited = this.reflector.get<AuditedHandler | undefined>(AUDITED, context.getHandler());
    const action = audited?.action ?? (isAboutCredentials(error) ? AUTHENTICATE : undefined);
    if (action === undefined) return;
    const { request } = exchangeOf(context);
    const from = { requestId: request.id, remoteAddress: clientAddressOf(request) };
    const who = { actor: actorOf(request.principal), target: null, ...from };
    await this.audit.write({ action, ...who, ...outcomeOf(error) });
  }
}

function isAboutCredentials(error: unknown): boolean {
  return error instanceof WrongCredentials || error instanceof RateLimited;
}
