import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessCheck } from '../access/access-check.js';
import { Access, ACCESS, exchangeOf, forgetCaller, isMutation, MooringRequest } from '../access/access.decorators.js';
import { RefusalAudit } from '../audit/index.js';
import { Forbidden, Unauthenticated } from '../common/errors/common.errors.js';
import { DomainError } from '../common/errors/domain-error.js';
import { isAdministrator, Principal, ServiceTokenRole } from '../access/principal.js';
import { Authenticator } from './authenticator.js';
import { ONLY_IN, OnlyInMode } from '../settings/only-in.decorator.js';
import { UnsupportedInAuthMode } from '../settings/settings.errors.js';
import { SettingsService } from '../settings/settings.service.js';
import { AdministrationEnded } from './authentication.errors.js';

const ALLOWS: Record<Exclude<Access, 'ANYBODY'>, (principal: Principal) => boolean> = {
  USER: (principal) => principal.kind === 'user',
  ADMIN: isAdministrator,
  ADMIN_IN_PERSON: (principal) => principal.kind === 'user' && principal.isAdmin,
  VERIFIER: (principal) => principal.kind === 'service' && principal.role !== ServiceTokenRole.METRICS,
};

/**
 * Finds the principal of a request and compares it with the handler's access rule; a handler without a rule is closed. Then
 * refuses operations of the other auth mode ({@link ONLY_IN}). Refusals are audited.
 */
@Injectable()
export class AccessGuard implements CanActivate, AccessCheck {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly settings: SettingsService,
    private readonly refusals: RefusalAudit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      await this.admit(context);
      return true;
    } catch (error) {
      await this.refusals.note(context, error);
      throw error;
    }
  }

  private async admit(context: ExecutionContext): Promise<void> {
    const { request } = exchangeOf(context);
    const handlers = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, handlers);
    // The fields of a mutation run one after the other, and each may wait: each authenticates again.
    if (isMutation(context)) forgetCaller(request);
    const principal = await this.authenticator.principalOf(request);
    request.principal = principal;
    demand(principal, access, request.refusal);
    this.demandMode(request, this.reflector.getAllAndOverride<OnlyInMode | undefined>(ONLY_IN, handlers));
  }

  async demandAgain(request: MooringRequest, access: Access): Promise<void> {
    forgetCaller(request);
    demand(await this.authenticator.principalOf(request), access, request.refusal);
  }

  /** Only after the authentication, which brings the settings up to date. */
  private demandMode(request: MooringRequest, only: OnlyInMode | undefined): void {
    const { authMode } = this.settings.current();
    if (only && only.mode !== authMode && only.unless?.(request) !== true) throw new UnsupportedInAuthMode(authMode);
  }
}

function demand(principal: Principal | null, access: Access | undefined, refusal?: DomainError): void {
  if (access === 'ANYBODY') return;
  if (!access) throw new Forbidden('This operation has no access rule.');
  if (!principal) throw refusal ?? new Unauthenticated();
  if (!ALLOWS[access](principal)) throw refusalOf(principal, access);
}

function refusalOf(principal: Principal, access: keyof typeof ALLOWS): DomainError {
  const hasEnded = principal.kind === 'user' && principal.hasLoginEnded;
  return hasEnded && ALLOWS[access]({ ...principal, isAdmin: true }) ? new AdministrationEnded() : new Forbidden();
}
