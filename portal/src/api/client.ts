import { cacheExchange, Client, fetchExchange, mapExchange, type Operation } from 'urql';
import { withBasePath } from './base-path';
import { observeResult } from './connection-state';

/** The only connection to the server: its public GraphQL API, with the session cookie of this browser. */
export const client: Client = new Client({
  url: withBasePath('/graphql'),
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  exchanges: [cacheExchange, mapExchange({ onResult: observeResult }), fetchExchange],
});

/** Sends operations again, bypassing the cache. */
export function refetchAll(operations: Iterable<Operation>): void {
  for (const operation of operations) {
    const context = { ...operation.context, requestPolicy: 'network-only' as const };
    client.reexecuteOperation({ ...operation, context });
  }
}
