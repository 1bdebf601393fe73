import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule, ValidationRule } from 'graphql';
import { graphqlErrorFormatter } from './common/graphql-error-formatter.js';
import { nextTurn } from './common/next-turn.js';
import { Environment } from './config/env.js';
import { fillInDefaults } from './graphql-input-defaults.js';
import { MOST_TOKENS, refuseTooComplex } from './graphql-limits.js';
import { inTurns } from './graphql-turns.js';

const MOST_ERRORS = 20;

/** How GraphQL is served: code first, compiled queries, no subscriptions, no batches, no explorer page. */
export function graphqlOptionsOf(environment: Environment): Omit<MercuriusDriverConfig, 'driver'> {
  const closedInProduction: ValidationRule[] = environment.production ? [NoSchemaIntrospectionCustomRule] : [];
  return {
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    jit: 1,
    graphiql: false,
    allowBatchedQueries: false,
    subscription: false,
    validationRules: closedInProduction,
    transformResolvers: inTurns,
    // An introspection of all types, to find mistakes in them: the first document does that too, and a start is quicker.
    buildSchemaOptions: { skipCheck: true },
    // Measured under load, requests that walk in step cost half as much; probably because a step still finds its code and
    // data in the processor's caches, and a client that waits for many answers is woken once.
    additionalRouteOptions: { preHandler: () => nextTurn() },
    // The first two are asked for a document that is new: what has passed them is kept.
    graphql: { parseOptions: { maxTokens: MOST_TOKENS }, validateOptions: { maxErrors: MOST_ERRORS } },
    hooks: { preValidation: refuseTooComplex, preExecution: fillInDefaults },
    errorFormatter: graphqlErrorFormatter,
    context: (request: FastifyRequest, reply: FastifyReply) => ({ request, reply }),
  };
}
