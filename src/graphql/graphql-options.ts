import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { Environment } from '../config/env.js';
import { GraphqlDriver, GraphqlDriverOptions } from './graphql-driver.js';
import { inTurns } from './field-scheduling.js';

/** How GraphQL is served: code first, no subscriptions, no batches, no explorer page. */
export function graphqlOptionsOf(environment: Environment): GraphqlDriverOptions {
  return {
    driver: GraphqlDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    validationRules: environment.production ? [NoSchemaIntrospectionCustomRule] : [],
    environment,
    transformResolvers: inTurns,
    // Nest's check of the schema by introspection; the driver checks it too, and the start is faster without.
    buildSchemaOptions: { skipCheck: true },
  };
}
