import { GraphQLError, GraphQLScalarType } from 'graphql';
import { SecretText } from '../../common/crypto/secret-text.js';

/**
 * A password or secret in an input; handlers get a {@link SecretText}. It is accepted only as a variable: clients and
 * proxies log and cache documents, so a literal would leak. No output has this type.
 */
export const Secret = new GraphQLScalarType<SecretText, string>({
  name: 'Secret',
  description:
    'A password or secret. Input only as a variable, never as a literal in the document; not repeated in any error or log. A line break at its end is not part of it.',
  serialize: () => {
    throw new GraphQLError('A secret is not given out.');
  },
  parseValue: (value) => {
    if (typeof value !== 'string') throw new GraphQLError('must be a text.');
    return SecretText.given(value);
  },
  parseLiteral: () => {
    throw new GraphQLError('A password or secret is taken only as a variable, not as a literal in the document.');
  },
});
