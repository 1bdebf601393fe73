import { createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Unauthenticated } from '../common/errors/common.errors.js';
import type { DomainError } from '../common/errors/domain-error.js';
import { Principal, UserPrincipal } from './principal.js';

/**
 * Who may call a handler; without a decorator, nobody.
 * ANYBODY: also without a login. USER: a user. ADMIN: an administrator, or an ADMIN service token.
 * ADMIN_IN_PERSON: an administrator, no service token. VERIFIER: a VERIFIER or ADMIN service token, no user.
 */
export type Access = 'ANYBODY' | 'USER' | 'ADMIN' | 'ADMIN_IN_PERSON' | 'VERIFIER';

/** The metadata key of {@link Access}. */
export const ACCESS = Symbol('access');

const allow = (access: Access) => SetMetadata(ACCESS, access);

/** Open to everybody. */
export const Public = () => allow('ANYBODY');
/** For users who are logged in. */
export const ForUsers = () => allow('USER');
/** For administrators and ADMIN service tokens. */
export const ForAdmins = () => allow('ADMIN');
/** For administrators, without service tokens. */
export const ForAdminsInPerson = () => allow('ADMIN_IN_PERSON');
/** For registry backends, with a service token. */
export const ForVerifiers = () => allow('VERIFIER');

/** The request as handlers see it, with the principal that the guard found. */
export interface MooringRequest extends FastifyRequest {
  principal?: Principal | null;
  /** The authentication of the request: once for all fields of a query. */
  authentication?: Promise<Principal | null>;
  /** Why the session of the request does not count, if that has a reason of its own. */
  refusal?: DomainError;
  /** The HTTP status that stands for the first error of a GraphQL answer, whose own status may be 200. */
  refusalStatus?: number;
}

/** A request and its reply. */
export interface HttpExchange {
  readonly request: MooringRequest;
  readonly reply: FastifyReply;
}

/** The request and the reply of a handler, called through GraphQL or HTTP. */
export function exchangeOf(context: ExecutionContext): HttpExchange {
  if (context.getType<string>() === 'graphql') {
    const graphql = GqlExecutionContext.create(context).getContext<HttpExchange>();
    return { request: graphql.request, reply: graphql.reply };
  }
  const http = context.switchToHttp();
  return { request: http.getRequest<MooringRequest>(), reply: http.getResponse<FastifyReply>() };
}

/** Whether a handler is called for a field of a mutation. */
export function isMutation(context: ExecutionContext): boolean {
  if (context.getType<string>() !== 'graphql') return false;
  const { operation } = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
  return operation.operation === OperationTypeNode.MUTATION;
}

/** Makes the next check authenticate again: nothing read before a wait may decide after it. */
export function forgetCaller(request: MooringRequest): void {
  request.authentication = undefined;
}

/** The principal of the request, or null without a login. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal | null => exchangeOf(context).request.principal ?? null,
);

/** The user who is logged in; the guard has refused all others. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): UserPrincipal => {
  const { principal } = exchangeOf(context).request;
  if (principal?.kind !== 'user') throw new Unauthenticated();
  return principal;
});

/** The request and reply themselves, for handlers that open or end a session. */
export const Exchange = createParamDecorator((_data: unknown, context: ExecutionContext) => exchangeOf(context));
