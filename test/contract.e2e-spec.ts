import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  GraphQLNamedType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

/** Every promise of a schema: its place, and what is promised there. */
function promisesOf(schema: GraphQLSchema): Map<string, string> {
  const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return new Map(own.filter((type) => !isSpecifiedScalarType(type)).flatMap((type) => [...promisesOfType(type)]));
}

function promisesOfType(type: GraphQLNamedType): [string, string][] {
  if (isScalarType(type)) return [[type.name, `scalar ${type.specifiedByURL ?? ''}`]];
  if (isEnumType(type))
    return [
      [type.name, 'enum'],
      ...type.getValues().map(({ name }): [string, string] => [`${type.name}.${name}`, 'value']),
    ];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return [
      [type.name, 'input'],
      ...fields.map((field): [string, string] => [
        `${type.name}.${field.name}`,
        `${String(field.type)} = ${String(field.defaultValue)}`,
      ]),
    ];
  }
  if (!isObjectType(type)) throw new Error(`${type.name} is of a kind that the contract does not know.`);
  const fields = Object.values(type.getFields()).flatMap((field): [string, string][] => [
    [`${type.name}.${field.name}`, String(field.type)],
    ...field.args.map((argument): [string, string] => [
      `${type.name}.${field.name}(${argument.name})`,
      `${String(argument.type)} = ${String(argument.defaultValue)}`,
    ]),
  ]);
  return [[type.name, 'type'], ...fields];
}

describe('The API', () => {
  const contract = promisesOf(buildSchema(read('contract.graphql')));
  const ours = promisesOf(buildSchema(read('../schema.graphql')));
  const toCome = new Set(
    read('contract.to-come.txt')
      .split('\n')
      .filter((line) => line !== ''),
  );

  it('agrees to the letter with the contract in everything that is there', () => {
    const broken = [...contract].filter(([place, promise]) => ours.has(place) && ours.get(place) !== promise);
    expect(broken).toEqual([]);
  });

  it('lacks nothing of the contract but what is listed as still to come', () => {
    const missing = [...contract.keys()].filter((place) => !ours.has(place) && !toCome.has(place));
    expect(missing).toEqual([]);
  });

  it('takes what has come off the list, so that the list only shrinks', () => {
    const stale = [...toCome].filter((place) => ours.has(place) || !contract.has(place));
    expect(stale).toEqual([]);
  });
});
