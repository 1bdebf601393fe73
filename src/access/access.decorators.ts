import { createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Unauthenticated } from '../common/errors/common.errors.js';
import { Principal, UserPrincipal } from './principal.js';

/**
 * Who may call a handler. Without a decorator nobody may.
 * ANYBODY: also who is not logged in. USER: a person. ADMIN: an administrator, in person or by an ADMIN service token.
 * ADMIN_IN_PERSON: no service token. VERIFIER: a VERIFIER or ADMIN service token, no person.
 */
export type Access = 'ANYBODY' | 'USER' | 'ADMIN' | 'ADMIN_IN_PERSON' | 'VERIFIER';

/** The metadata key of {@link Access}. */
export const ACCESS = Symbol('access');

const allow = (access: Access) => SetMetadata(ACCESS, access);

/** Open to everybody. */
export const Public = () => allow('ANYBODY');
/** For people who are logged in. */
export const ForUsers = () => allow('USER');
/** For administrators, in person or by service token. */
export const ForAdmins = () => allow('ADMIN');
/** For administrators in person. */
export const ForAdminsInPerson = () => allow('ADMIN_IN_PERSON');
/** For registry backends, by service token. */
export const ForVerifiers = () => allow('VERIFIER');

/** The request as the handlers see it: with the principal that the guard put there. */
export interface MooringRequest extends FastifyRequest {
  principal?: Principal | null;
  /** Who makes the request, being found out: once for all fields that are asked for together. */
  authentication?: Promise<Principal | null>;
}

/** A request and its reply. */
export interface HttpExchange {
  readonly request: MooringRequest;
  readonly reply: FastifyReply;
}

/** The request and the reply behind a handler, whether it was reached by GraphQL or directly. */
export function exchangeOf(context: ExecutionContext): HttpExchange {
  if (context.getType<string>() === 'graphql') {
    const graphql = GqlExecutionContext.create(context).getContext<HttpExchange>();
    return { request: graphql.request, reply: graphql.reply };
  }
  const http = context.switchToHttp();
  return { request: http.getRequest<MooringRequest>(), reply: http.getResponse<FastifyReply>() };
}

/** Whether a handler is reached by a field of a mutation. */
export function isMutation(context: ExecutionContext): boolean {
  if (context.getType<string>() !== 'graphql') return false;
  const { operation } = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
  return operation.operation === OperationTypeNode.MUTATION;
}

/** Has whatever asks next find out anew who calls: what was read before a wait decides nothing after it. */
export function forgetCaller(request: MooringRequest): void {
  request.authentication = undefined;
}

/** The principal of the request, or null where nobody is logged in. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal | null => exchangeOf(context).request.principal ?? null,
);

/** The person who is logged in; the guard has let nobody else through. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): UserPrincipal => {
  const { principal } = exchangeOf(context).request;
  if (principal?.kind !== 'user') throw new Unauthenticated();
  return principal;
});

/** The request and reply themselves, for handlers that open or end a session. */
export const Exchange = createParamDecorator((_data: unknown, context: ExecutionContext) => exchangeOf(context));
