import { cacheExchange, Client, fetchExchange, mapExchange, type Operation } from 'urql';
import { watchAnswers } from './connection-state';

/** The one way to the server: its public GraphQL API, with the session cookie of this browser. */
export const client: Client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  exchanges: [cacheExchange, mapExchange({ onResult: watchAnswers }), fetchExchange],
});

/** Asks again, past everything that is kept. */
export function askAgain(operations: Iterable<Operation>): void {
  for (const operation of operations) {
    const context = { ...operation.context, requestPolicy: 'network-only' as const };
    client.reexecuteOperation({ ...operation, context });
  }
}
