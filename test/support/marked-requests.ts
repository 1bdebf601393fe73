import type { GraphQLSchema } from 'graphql';
import type { CountedProcess } from './counted-process.js';
import type { Asker } from './graphql.js';
import { requestsOf, SchemaRequest } from './schema-requests.js';

/** What known compilers and templates look for in a text, with nothing in it that would do something. */
export const MARKERS = ['__MAGIC_DATE__ a text', '`${}` #{} {{}} <%= %>', `"'\\ \u2028 */ //`, 'constructor'];

/** How often the same is asked: a compiler may wait until a text comes again. */
export const TIMES = [1, 2];

/** What ends the session of the one who asks comes last. */
const logoutLast = (a: SchemaRequest, b: SchemaRequest) => Number(a.name === 'logout') - Number(b.name === 'logout');

/** Every request of a schema, with each of the {@link MARKERS} for its texts. */
export function markedRequestsOf(schema: GraphQLSchema): SchemaRequest[] {
  return MARKERS.flatMap((text) => requestsOf(schema, text)).sort(logoutLast);
}

/** Asks for an operation in both ways, and for each again: the codes of the answers. */
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
