import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** Years of four digits: a database keeps no others, and RFC 3339 writes no others. */
const [FIRST_YEAR, LAST_YEAR] = [1, 9999];

/**
 * A timestamp (RFC 3339, section 5.6, with a zone): serialized in UTC with milliseconds, parsed to a `Date`. Impossible
 * dates are rejected as type errors, which Nest's own scalar does not do, and so are those before the year 1 or after 9999 in
 * UTC.
 */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'A time in UTC with milliseconds, such as 2026-11-23T10:00:00.000Z. Input must be RFC 3339 with a time zone.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => GraphQLDateTime.serialize(value).toISOString(),
  parseValue: (value) => inRange(GraphQLDateTime.parseValue(value)),
  parseLiteral: (node, variables) => inRange(GraphQLDateTime.parseLiteral(node, variables)),
});

// A zone may lead out of the years that can be written.
function inRange(time: Date): Date {
  const year = time.getUTCFullYear();
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new GraphQLError(`A time must be in the years ${FIRST_YEAR} to ${LAST_YEAR} in UTC.`);
  }
  return time;
}
