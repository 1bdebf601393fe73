import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { catchError, from, mergeMap, Observable } from 'rxjs';
import { exchangeOf, MooringRequest } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import type { Principal } from '../access/principal.js';
import { settingsIn } from '../settings/settings.document.js';
import { AuditActor, AuditActorKind, AuditOutcome, AuditTarget, outcomeOf } from './audit-event.js';
import { AuditService } from './audit.service.js';

/** The metadata key of the decorator `Audited`. */
export const AUDITED = Symbol('audited');

/** The metadata key of the decorator `AuditedOfCaller`. */
export const OF_CALLER = Symbol('audited-of-caller');

interface Named {
  readonly id: string;
  readonly username?: string;
  readonly name?: string;
}

/** What mutations take and answer with, as far as it names somebody or something. */
interface Involved {
  readonly user?: Named;
  readonly serviceToken?: Named;
  readonly accessRule?: { readonly id: string; readonly repositoryPattern: string };
  readonly userId?: string;
  readonly serviceTokenId?: string;
  readonly accessRuleId?: string;
  readonly patch?: Readonly<Record<string, unknown>>;
}

/** Who makes a request. */
export function actorOf(principal: Principal | null | undefined): AuditActor {
  if (!principal) return { kind: AuditActorKind.ANONYMOUS, id: null };
  if (principal.kind === 'user') return { kind: AuditActorKind.USER, id: principal.userId };
  return { kind: AuditActorKind.SERVICE_TOKEN, id: principal.tokenId };
}

/** What a call was about, by what it was given and what it answered. */
function targetOf(input: Involved, { user, serviceToken, accessRule }: Involved): AuditTarget | null {
  if (user) return { type: 'user', id: user.id, label: user.username };
  if (serviceToken) return { type: 'service_token', id: serviceToken.id, label: serviceToken.name };
  if (accessRule) return { type: 'access_rule', id: accessRule.id, label: accessRule.repositoryPattern };
  if (input.patch) return { type: 'configuration', id: null, label: settingsIn(input.patch).join(', ') };
  if (input.userId) return { type: 'user', id: input.userId };
  if (input.serviceTokenId) return { type: 'service_token', id: input.serviceTokenId };
  if (input.accessRuleId) return { type: 'access_rule', id: input.accessRuleId };
  return null;
}

function callerOf({ principal }: MooringRequest): AuditTarget | null {
  return principal?.kind === 'user' ? { type: 'user', id: principal.userId } : null;
}

/** Writes to the audit log what a handler did, or that it refused, before the answer leaves. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditService,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const action = this.reflector.get<string>(AUDITED, context.getHandler());
    const { request } = exchangeOf(context);
    const { input = {} } = GqlExecutionContext.create(context).getArgs<{ input?: Involved }>();
    const isOfCaller = this.reflector.get<boolean | undefined>(OF_CALLER, context.getHandler()) === true;
    // What is about to be deleted has a name now, and none afterwards.
    const aim = await this.audit.existing(isOfCaller ? callerOf(request) : targetOf(input, {}));
    return next.handle().pipe(
      mergeMap((answer: Involved) => from(this.succeeded(action, request, aim, answer).then(() => answer))),
      catchError((error: unknown) => from(this.ended(action, request, aim, error))),
    );
  }

  private succeeded(action: string, request: MooringRequest, aim: AuditTarget | null, answer: Involved): Promise<void> {
    // Who logs in or registers is nobody before, and somebody after.
    const { user } = answer;
    const nobody = actorOf(request.principal);
    const isNew = nobody.id === null && user !== undefined;
    const actor = isNew ? { kind: AuditActorKind.USER, id: user.id } : nobody;
    const target = targetOf({}, answer) ?? aim;
    return this.write(action, request, { actor, target, outcome: AuditOutcome.SUCCEEDED, reason: null });
  }

  private async ended(
    action: string,
    request: MooringRequest,
    target: AuditTarget | null,
    error: unknown,
  ): Promise<never> {
    const actor = actorOf(request.principal);
    await this.write(action, request, { actor, target, ...outcomeOf(error) });
    throw error;
  }

  private write(
    action: string,
    request: MooringRequest,
    rest: { actor: AuditActor; target: AuditTarget | null; outcome: AuditOutcome; reason: string | null },
  ): Promise<void> {
    return this.audit.write({ action, requestId: request.id, remoteAddress: clientAddressOf(request), ...rest });
  }
}
