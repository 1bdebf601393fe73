import { AbstractGraphQLDriver, GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyInstance } from 'fastify';
import { assertValidSchema, GraphQLSchema, ValidationRule } from 'graphql';
import type { Environment } from '../config/env.js';
import { ParsedDocuments } from './parsed-documents.js';
import { addRequestGate } from './request-gate.js';

/** The options of the GraphQL driver. */
export interface GraphqlDriverOptions extends GqlModuleOptions {
  readonly path: string;
  /** Validation rules in addition to those of the specification. */
  readonly validationRules: readonly ValidationRule[];
  /** Names the public URL, whose origin is the portal's. */
  readonly environment: Pick<Environment, 'publicUrl'>;
}

/**
 * Serves the schema that Nest has built with graphql-js only. The GraphQL engines for Fastify are not used: they compile
 * documents to functions, cache them without a limit in bytes, and accept syntax trees as documents.
 */
export class GraphqlDriver extends AbstractGraphQLDriver<GraphqlDriverOptions> {
  /** @throws if the schema is not valid */
  async start({ path, schema, validationRules, environment }: GraphqlDriverOptions): Promise<void> {
    const server: FastifyInstance = this.httpAdapterHost.httpAdapter.getInstance();
    const served = schema as GraphQLSchema;
    assertValidSchema(served);
    const documents = new ParsedDocuments(served, validationRules);
    await addRequestGate(server, { path, schema: served, documents, environment });
  }

  /** Nothing to stop: the routes end with the server. */
  stop(): Promise<void> {
    return Promise.resolve();
  }
}
