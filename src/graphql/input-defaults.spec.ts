import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { fillInDefaults, nestedDefaults } from './input-defaults.js';

const schema = buildSchema(`
  input Crew { name: String!  isAdmin: Boolean! = false }
  type Query { hire(input: Crew!): Boolean }
`);
const document = parse('query Hire($input: Crew!) { hire(input: $input) }');

describe(fillInDefaults, () => {
  it('adds a required field that was left out, with its default', () => {
    const filled = fillInDefaults(schema, document, undefined, { input: { name: 'lin' } });
    expect(filled).toEqual({ variables: { input: { name: 'lin', isAdmin: false } } });
  });

  it.each([true, null])('leaves a field alone that was sent, as %j', (isAdmin) => {
    const filled = fillInDefaults(schema, document, undefined, { input: { name: 'lin', isAdmin } });
    expect(filled).toEqual({ variables: { input: { name: 'lin', isAdmin } } });
  });

  it.each([undefined, {}, { input: null }, { input: 'lin' }, { other: {} }])(
    'does not touch the variables %j, which hold no such input',
    (variables) => {
      expect(fillInDefaults(schema, document, undefined, variables)).toBeUndefined();
    },
  );

  it('sees every default of our own schema, for none is nested', () => {
    expect(nestedDefaults(buildSchema(readFileSync('schema.graphql', 'utf8')))).toEqual([]);
  });
});
