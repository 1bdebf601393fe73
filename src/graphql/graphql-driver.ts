import { AbstractGraphQLDriver, GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyInstance } from 'fastify';
import { assertValidSchema, GraphQLSchema, ValidationRule } from 'graphql';
import { ParsedDocuments } from './parsed-documents.js';
import { addRequestGate } from './request-gate.js';

/** How Nest serves GraphQL with us. */
export interface GraphqlDriverOptions extends GqlModuleOptions {
  readonly path: string;
  /** Rules for documents, beside those of the specification. */
  readonly validationRules: readonly ValidationRule[];
  /** The origin of our own pages. */
  readonly ownOrigin: () => string;
}

/**
 * Serves the schema that Nest has put together, by graphql-js and nothing else. There is no engine between: the ones for
 * Fastify compile documents to functions, keep them without a bound in bytes, and take syntax trees for documents.
 */
export class GraphqlDriver extends AbstractGraphQLDriver<GraphqlDriverOptions> {
  /** @throws where the schema is not valid */
  async start({ path, schema, validationRules, ownOrigin }: GraphqlDriverOptions): Promise<void> {
    const server: FastifyInstance = this.httpAdapterHost.httpAdapter.getInstance();
    const served = schema as GraphQLSchema;
    assertValidSchema(served);
    const documents = new ParsedDocuments(served, validationRules);
    await addRequestGate(server, { path, schema: served, documents, ownOrigin });
  }

  /** The routes end with the server. */
  stop(): Promise<void> {
    return Promise.resolve();
  }
}
