import { describe, expect, it } from '@jest/globals';
import { buildSchema, DocumentNode, NoSchemaIntrospectionCustomRule } from 'graphql';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DocumentRefused, ParsedDocuments, MOST_KEPT_BYTES } from './parsed-documents.js';

const names = Array.from({ length: 900 }, (_, index) => `m${index}`);
const schema = buildSchema(`
  input Filter { name: String }
  type Query {
    a(b: [Int], filter: Filter): Query
    me: String
    groups(first: Int): [Query]
    ${names.map((name) => `${name}: Int`).join(' ')}
  }
  type Mutation { grant: Boolean }
`);
const TWO = 'query Look { me } mutation Grant { grant }';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe(ParsedDocuments, () => {
  it('reads a document once: the same text gives the same document', () => {
    const documents = new ParsedDocuments(schema);
    expect(documents.read('{ me }', undefined)).toBe(documents.read('{ me }', undefined));
    expect(documents.count).toBe(1);
  });

  it('keeps a document for the operation that was asked for, and for no other', () => {
    const documents = new ParsedDocuments(schema);
    const read = (name: string) => documents.read(TWO, name);
    expect([read('Look'), read('Grant')]).toEqual([read('Look'), read('Grant')]);
    expect(documents.count).toBe(2);
    // The parts of a key can't be mistaken for each other.
    const others: DocumentNode[] = [documents.read('query a { me }', 'a'), documents.read('query a { me }', undefined)];
    expect(others[0]).not.toBe(others[1]);
  });

  it.each([
    ['is no GraphQL', '{ me', undefined, DocumentRefused],
    ['is the JSON of a syntax tree', '{"kind":"Document","definitions":[]}', undefined, DocumentRefused],
    ['has too many words', `{ a(b: [${'1 '.repeat(2000)}]) { me } }`, undefined, DocumentRefused],
    ['is not valid', '{ nothing }', undefined, DocumentRefused],
    ['breaks a rule of ours', '{ __schema { description } }', undefined, DocumentRefused],
    [
      'asks for too much',
      '{ groups(first: 100) { groups(first: 100) { groups(first: 100) { me } } } }',
      undefined,
      Error,
    ],
    [
      'has a variable that every object has',
      'query($toString: String) { a(filter: { name: $toString }) { me } }',
      undefined,
      DocumentRefused,
    ],
  ])('keeps nothing that %s', (_what, text, name, refusal) => {
    const documents = new ParsedDocuments(schema, [NoSchemaIntrospectionCustomRule]);
    for (let time = 0; time < 2; time++) expect(() => documents.read(text, name)).toThrow(refusal);
    expect([documents.count, documents.keptBytes]).toEqual([0, 0]);
  });

  it('keeps nothing for an operation that the document does not have', () => {
    const documents = new ParsedDocuments(schema);
    for (const name of [undefined, null, 'Other', '', '4:Look']) documents.read(TWO, name);
    expect(documents.count).toBe(0);
  });

  it('lets the one go that was not used for longest, once they would take too much', () => {
    const documents = new ParsedDocuments(schema, [], 10_000);
    const [first, second] = ['{ me }', '{ b: me }'].map((text) => documents.read(text, undefined));
    for (let index = 0; index < 50; index++) {
      documents.read(`{ c${index}: me }`, undefined);
      expect(documents.read('{ me }', undefined)).toBe(first);
      expect(documents.keptBytes).toBeLessThanOrEqual(10_000);
    }
    expect(documents.read('{ b: me }', undefined)).not.toBe(second);
  });

  it('keeps none that takes more than all may, however it is made long', () => {
    const documents = new ParsedDocuments(schema, [], 10_000);
    documents.read(`{ me } # ${'x'.repeat(10_000)}`, undefined);
    documents.read(`{ a(filter: { name: "${'x'.repeat(10_000)}" }) { me } }`, undefined);
    documents.read(`{ a(b: [${'1 '.repeat(500)}]) { me } }`, undefined);
    expect([documents.count, documents.keptBytes]).toEqual([0, 0]);
  });

  it.each([
    ['of a long list', (index: number) => `{ a${index}: a(b: [${'10000, '.repeat(1280)}]) { me } }`],
    ['of many fields', (index: number) => `{ ${'me '.repeat(60)} ${names.join(' ')} a${index}: me }`],
    ['of many fragments', (index: number) => `{ a${index}: me ${'... { me } '.repeat(60)} }`],
    ['of much text', (index: number) => `{ me } # ${index} ${'\u{1f980}'.repeat(4000)}`],
    ['of long values', (index: number) => `{ a(filter: { name: "${index} \u{1f980} ${'x'.repeat(9000)}" }) { me } }`],
    [
      'of many escapes',
      (index: number) => `{ a(filter: { name: "${index} \u{1f980} ${'\\n'.repeat(4500)}" }) { me } }`,
    ],
  ])('takes no more memory than it says, full of documents %s', (_what, text) => {
    const documents = new ParsedDocuments(schema);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    // From bytes, as they come: each text is its own. They are read until some have been let go.
    for (let index = 0; documents.count > index - 10; index++)
      documents.read(Buffer.from(text(index)).toString(), null);
    collectGarbage();
    const grown = process.memoryUsage().heapUsed - before;
    expect(documents.keptBytes).toBeLessThanOrEqual(MOST_KEPT_BYTES);
    expect(documents.keptBytes).toBeGreaterThan(MOST_KEPT_BYTES / 2);
    expect(grown).toBeLessThan(MOST_KEPT_BYTES);
  });
});
