import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { catchError, from, mergeMap, Observable } from 'rxjs';
import { exchangeOf, MooringRequest } from '../access/access.decorators.js';
import { clientAddressOf } from '../common/network/client-address.js';
import type { Principal } from '../access/principal.js';
import type { AuditAction } from './actions/index.js';
import { AuditActor, AuditActorKind, AuditEntry, AuditOutcome, AuditTarget, outcomeOf } from './audit-event.js';
import type { AuditTargets } from './audit-targets.js';
import { AuditService } from './audit.service.js';

/** The metadata key of the decorator `AuditedMutation`. */
export const AUDITED = Symbol('audited');

/** The metadata of the decorator `AuditedMutation`. */
export interface AuditedHandler {
  readonly action: AuditAction;
  readonly targets: AuditTargets<unknown, unknown>;
}

/** One call of an audited handler. */
interface AuditedCall extends AuditedHandler {
  readonly request: MooringRequest;
  /** The target by the input, with its label from before the call. */
  readonly before: AuditTarget | null;
}

/** The principal of a request as an actor of the audit log. */
export function actorOf(principal: Principal | null | undefined): AuditActor {
  if (!principal) return { kind: AuditActorKind.ANONYMOUS, id: null };
  if (principal.kind === 'user') return { kind: AuditActorKind.USER, id: principal.userId };
  return { kind: AuditActorKind.SERVICE_TOKEN, id: principal.tokenId };
}

/** Writes what a handler did, or that it refused, to the audit log before the answer is sent. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditService,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { action, targets } = this.reflector.get<AuditedHandler>(AUDITED, context.getHandler());
    const { request } = exchangeOf(context);
    const { input } = GqlExecutionContext.create(context).getArgs<{ input?: unknown }>();
    const target = targets.ofInput?.(input, request.principal ?? null) ?? null;
    const call = { action, targets, request, before: await this.audit.existing(target) };
    return next.handle().pipe(
      mergeMap((payload: unknown) => from(this.writeSuccess(call, payload).then(() => payload))),
      catchError((error: unknown) => from(this.writeFailure(call, error))),
    );
  }

  private writeSuccess(call: AuditedCall, payload: unknown): Promise<void> {
    const after = call.targets.ofPayload?.(payload) ?? null;
    const caller = actorOf(call.request.principal);
    // The caller of a login or a registration is nobody before it and the user of the payload after it.
    const isLogin = caller.id === null && after?.type === 'user';
    const actor = isLogin ? { kind: AuditActorKind.USER, id: after.id } : caller;
    const target = after ?? call.before;
    const detail = call.targets.detailOf?.(payload) ?? null;
    const changes = call.targets.changesOf?.(payload) ?? [];
    return this.write(call, { actor, target, outcome: AuditOutcome.SUCCEEDED, reason: null, detail, changes });
  }

  private async writeFailure(call: AuditedCall, error: unknown): Promise<never> {
    const actor = actorOf(call.request.principal);
    await this.write(call, { actor, target: call.before, ...outcomeOf(error) });
    throw error;
  }

  private write(
    { action, request }: AuditedCall,
    rest: Pick<AuditEntry, 'actor' | 'target' | 'outcome' | 'reason' | 'detail' | 'changes'>,
  ): Promise<void> {
    return this.audit.write({ action, requestId: request.id, remoteAddress: clientAddressOf(request), ...rest });
  }
}
