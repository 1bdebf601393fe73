import type { CanActivate, ExecutionContext } from '@nestjs/common';
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
 * A guard whose refusals are audited: those of audited handlers, and those of wrong credentials on any handler. No
 * interceptor sees them, because guards run first. The target that a stranger names is not read.
 */
export class AuditedGuard implements CanActivate {
  constructor(
    private readonly guard: CanActivate,
    private readonly reflector: Reflector,
    private readonly audit: AuditService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      return (await this.guard.canActivate(context)) as boolean;
    } catch (error) {
      await this.note(context, error);
      throw error;
    }
  }

  private async note(context: ExecutionContext, error: unknown): Promise<void> {
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
