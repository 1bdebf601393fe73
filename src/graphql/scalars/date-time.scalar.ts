import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/**
 * A timestamp (RFC 3339, section 5.6, with a zone): serialized in UTC with milliseconds, parsed to a `Date`. Impossible
 * dates are rejected as type errors, which Nest's own scalar does not do.
 */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'A time in UTC with milliseconds, such as 2026-11-23T10:00:00.000Z. Input must be RFC 3339 with a time zone.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => GraphQLDateTime.serialize(value).toISOString(),
  parseValue: (value) => GraphQLDateTime.parseValue(value),
  parseLiteral: (node, variables) => GraphQLDateTime.parseLiteral(node, variables),
});
