import type { GraphQLSchema } from 'graphql';
import type { CountedProcess } from './counted-process.js';
import type { Asker } from './graphql.js';
import { requestsOf, SchemaRequest } from './schema-requests.js';

/** Harmless texts with the patterns that known compilers and templates look for. */
export const MARKERS = ['__MAGIC_DATE__ a text', '`${}` #{} {{}} <%= %>', `"'\\ \u2028 */ //`, 'constructor'];

/** The number of repetitions of a request: a compiler may only act on a repeated text. */
export const TIMES = [1, 2];

/** Operations that end the caller's session come last. */
const logoutLast = (a: SchemaRequest, b: SchemaRequest) => Number(a.name === 'logout') - Number(b.name === 'logout');

/** Every request of a schema, with each of the {@link MARKERS} as its texts. */
export function markedRequestsOf(schema: GraphQLSchema): SchemaRequest[] {
  return MARKERS.flatMap((text) => requestsOf(schema, text)).sort(logoutLast);
}

/** Sends an operation in both ways, each repeatedly; returns the codes of the responses. */
export async function codesOf(
  server: CountedProcess,
  asker: Asker,
  { literal, query, variables }: SchemaRequest,
): Promise<string[]> {
  const codes = [];
  for (const _time of TIMES) {
    codes.push((await server.ask(asker, literal)).code ?? 'data');
    codes.push((await server.ask(asker, query, variables)).code ?? 'data');
  }
  return codes;
}
