import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { Mutation } from '@nestjs/graphql';
import type { MutationOptions, ReturnTypeFunc } from '@nestjs/graphql';
import type { AuditAction } from './actions/index.js';
import { AUDITED, AuditInterceptor } from './audit.interceptor.js';
import type { AuditTargets } from './audit-targets.js';

type Handler<Payload> = (...parameters: never[]) => Promise<Payload>;

/** An object if one of the parameters can be the input; otherwise a text, which no method descriptor is. */
type TakesInput<Method, Input> = unknown extends Input
  ? object
  : Method extends (...parameters: infer Parameters) => unknown
    ? [Extract<Parameters[number], Input>] extends [never]
      ? 'No parameter of this handler is an input that these audit targets can read.'
      : object
    : never;

/** Decorates a method whose payload, and one of whose parameters, the audit targets can read. */
type AuditedMethod<Input, Payload> = <Method extends Handler<Payload>>(
  prototype: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method> & TakesInput<Method, Input>,
) => void;

/**
 * A GraphQL mutation, each call of which is written to the audit log. It does not compile on a method whose input or
 * payload the targets can't read. No other file may import `Mutation`, so that none is forgotten.
 *
 * @param action the stable identifier, which `docs/audit.md` explains
 * @param targets what the calls are about
 * @param payload the type that the schema shows
 * @param options the description, as of `Mutation`
 */
export function AuditedMutation<Input, Payload>(
  action: AuditAction,
  targets: AuditTargets<Input, Payload>,
  payload: ReturnTypeFunc,
  options: MutationOptions = {},
): AuditedMethod<Input, Payload> {
  return applyDecorators(
    Mutation(payload, options),
    SetMetadata(AUDITED, { action, targets }),
    UseInterceptors(AuditInterceptor),
  );
}
