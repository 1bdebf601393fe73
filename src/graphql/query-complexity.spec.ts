import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as DOCUMENTS from '../../test/support/documents.js';
import { cpuTime } from '../../test/support/cpu-time.js';
import { MOST_FIELDS, MOST_LEVELS, refuseTooComplex } from './query-complexity.js';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'));
const refusalOf = (text: string): string | undefined => {
  try {
    refuseTooComplex(schema, parse(text));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};
const nested = (levels: number) =>
  `query($id: ID!) { group(id: $id) { ${'members(first: 1) { edges { node { groups { '.repeat(levels)} name ${'}}}} '.repeat(levels)} } }`;

describe('The limits of a GraphQL document', () => {
  it.each(Object.entries(DOCUMENTS))('let %s of the stories through', (_name, text) => {
    expect(refusalOf(text)).toBeUndefined();
  });

  it('let introspection through, which production refuses by another rule', () => {
    expect(refusalOf(getIntrospectionQuery())).toBeUndefined();
  });

  it('are of levels', () => {
    expect(refusalOf(nested(2))).toBeUndefined();
    expect(refusalOf(nested(3))).toContain(`more than ${MOST_LEVELS} levels`);
  });

  it('are of fields, however they are named', () => {
    const aliases = (count: number) =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: __typename`).join(' ')} }`;
    expect(refusalOf(aliases(MOST_FIELDS))).toBeUndefined();
    expect(refusalOf(aliases(MOST_FIELDS + 1))).toContain(`more than ${MOST_FIELDS} fields`);
  });

  it('are of the length of the answer: pages count as long as they are asked for, and at most where a variable says', () => {
    const pages = (groups: string, members: string) =>
      `query($n: Int!) { groups(${groups}) { edges { node { members(${members}) { edges { node { id username } } } } } } }`;
    expect(refusalOf(pages('first: 20', 'first: 100'))).toBeUndefined();
    expect(refusalOf(pages('first: 100', 'first: 100'))).toContain('an answer of more than');
    expect(refusalOf(pages('first: $n', 'first: $n'))).toContain('an answer of more than');
    expect(refusalOf(pages('search: "a"', 'after: "b"'))).toBeUndefined();
  });

  it('are of the same fields again and again, directly, by fragments and in them', () => {
    const repeated = 'sessions { id createdAt } '.repeat(200);
    const inline = '... on Query { sessions { id createdAt } } '.repeat(200);
    const spreads = Array.from({ length: 100 }, (_, index) => `...f${index} `).join('');
    const fragments = Array.from(
      { length: 100 },
      (_, index) => `fragment f${index} on Query { sessions { id createdAt } }`,
    );
    for (const text of [`{ ${repeated} }`, `{ ${inline} }`, `{ ${spreads} } ${fragments.join(' ')}`]) {
      expect(refusalOf(text)).toContain('the same fields again and again');
    }
    expect(refusalOf(`{ me { id } } fragment unused on Query { ${repeated} }`)).toContain('again and again');
  });

  it('hold where fragments multiply each other, or lead back to themselves', () => {
    const bomb = Array.from(
      { length: 20 },
      (_, index) => `fragment f${index} on User { groups { name } ...f${index + 1} ...f${index + 1} }`,
    );
    expect(refusalOf(`{ me { ...f0 } } ${bomb.join(' ')} fragment f20 on User { id }`)).toContain('again and again');
    const circle = 'fragment c on Group { members { edges { node { groups { ...c } } } } }';
    expect(refusalOf(`query($id: ID!) { group(id: $id) { ...c } } ${circle}`)).toContain('asks for too much');
  });

  it('judge the worst document of two thousand words in far less time than it takes to validate it', () => {
    const worst = `query($id: ID!) { group(id: $id) { ${'members { edges { node { username } } } '.repeat(200)} } }`;
    const began = cpuTime();
    expect(refusalOf(worst)).toBeDefined();
    const judged = cpuTime();
    expect(validate(schema, parse(worst))).toEqual([]);
    expect(judged - began).toBeLessThan((cpuTime() - judged) / 4);
  });
});
