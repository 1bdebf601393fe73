import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  GraphQLField,
  GraphQLInputType,
  GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { Asker } from '../support/graphql.js';
import { Tally } from '../support/fault-table.js';
import { tryOut } from '../support/fuzz.js';

const DEEPEST = 4;
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.values(type!.getFields()).map((field) => ({ operation: type!.name.toLowerCase(), field })),
);
// What these do to the network or to the session that asks is told in stories of their own.
const asked = roots.filter(({ field }) => !['testOidcProvider', 'updateConfiguration', 'logout'].includes(field.name));

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    'admin',
    'Admin',
    '',
    ' ',
    '\u0000',
    '\u202e',
    "' OR 1=1 --",
    '00000000-0000-7000-8000-000000000000',
    'MQ==',
  ),
);
const anything = fc.oneof(nasty, fc.jsonValue(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));

/** A value for an argument: of its type in most cases, else whatever JSON can say. */
function valueOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType);
  const fitting = fittingValueOf(type);
  return fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: anything });
}

function fittingValueOf(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (isListType(type)) return fc.array(valueOf(type.ofType), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fc.record(Object.fromEntries(fields.map(({ name, type: of }) => [name, valueOf(of)])), {
      requiredKeys: fields.filter(({ type: of }) => isNonNullType(of)).map(({ name }) => name),
    });
  }
  const name = String(type);
  if (name === 'Int') return fc.oneof(fc.integer({ min: -5, max: 200 }), fc.integer());
  if (name === 'Boolean') return fc.boolean();
  return nasty;
}

interface Selection {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly declared: readonly string[];
}

let count = 0;

/** A field with its arguments as variables, and with some of the fields beneath it. */
function selectionOf(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<Selection> {
  const names = field.args.map((argument) => ({ argument, variable: `v${count++}` }));
  const values = fc.tuple(...names.map(({ argument }) => valueOf(argument.type)));
  const inner = field.args.length === 0 ? fc.constant([]) : values;
  return fc.tuple(inner, childrenOf(field.type, depth)).map(([given, children]) => {
    const list = names.map(({ argument, variable }) => `${argument.name}: $${variable}`);
    const own = names.map(({ argument, variable }) => `$${variable}: ${String(argument.type)}`);
    const variables = Object.fromEntries(names.map(({ variable }, index) => [variable, given[index]]));
    return {
      text: `${field.name}${list.length > 0 ? `(${list.join(', ')})` : ''}${bodyOf(children)}`,
      variables: Object.assign({}, variables, ...children.map((child) => child.variables)) as Record<string, unknown>,
      declared: [...own, ...children.flatMap(({ declared }) => declared)],
    };
  });
}

function bodyOf(children: readonly Selection[]): string {
  return children.length === 0 ? '' : ` { ${children.map(({ text }) => text).join(' ')} }`;
}

function childrenOf(type: GraphQLOutputType, depth: number): fc.Arbitrary<readonly Selection[]> {
  if (isNonNullType(type) || isListType(type)) return childrenOf(type.ofType as GraphQLOutputType, depth);
  if (!isObjectType(type)) return fc.constant([]);
  const fields = Object.values(type.getFields()).filter((field) => depth < DEEPEST || isLeaf(field.type));
  const name = fc.constant({ text: '__typename', variables: {}, declared: [] });
  if (fields.length === 0) return name.map((one) => [one]);
  const some = fc.shuffledSubarray(fields, { minLength: 1, maxLength: Math.min(3, fields.length) });
  return some.chain((chosen) => fc.tuple(name, ...chosen.map((field) => selectionOf(field, depth + 1))));
}

function isLeaf(type: GraphQLOutputType): boolean {
  if (isNonNullType(type) || isListType(type)) return isLeaf(type.ofType as GraphQLOutputType);
  return !isObjectType(type);
}

const request = fc
  .constantFrom(...asked)
  .chain(({ operation, field }) => selectionOf(field, 1).map((selection) => ({ operation, ...selection })));

describe('Whatever GraphQL is asked', () => {
  let app: TestApp;
  let askers: Asker[];

  beforeAll(async () => {
    app = await TestApp.start({ LOG_LEVEL: 'warn' });
    await app.configure({ selfRegistration: true });
    askers = [undefined, new Browser(), app.admin, await app.loggedIn('admin', app.adminPassword)];
  });
  // Fails where the application has logged an error of its own.
  afterAll(() => app.stop());

  it('it answers with data, or with codes that are known, and never fails', async () => {
    const answers = new Tally();
    const property = fc.asyncProperty(
      request,
      fc.nat({ max: 3 }),
      async ({ operation, text, variables, declared }, who) => {
        const heading = declared.length > 0 ? `(${declared.join(', ')})` : '';
        const answer = await app.ask(askers[who], `${operation} Q${heading} { ${text} }`, variables);
        expect(answer.status).toBeLessThan(500);
        answers.add(answer.code ?? 'data');
        for (const { extensions, message } of answer.errors) {
          expect(extensions.code).toMatch(/^[A-Z][A-Z_]+$/);
          expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
          expect(message).not.toMatch(/select|insert|sqlite|\bat \//i);
        }
      },
    );
    await tryOut('GraphQL documents', 0.01, property, answers);
    expect(answers.kinds).toContain('data');
  });

  it('a body that is no request is refused', async () => {
    const body = fc.oneof(
      nasty,
      fc.json(),
      fc.jsonValue().map((query) => JSON.stringify({ query, variables: query })),
    );
    const property = fc.asyncProperty(body, async (text) => {
      const answer = await app.post(app.admin, text);
      expect(answer.status).toBeLessThan(500);
      expect(answer.data).toBeNull();
      expect(answer.code).not.toBe('INTERNAL_SERVER_ERROR');
    });
    await tryOut('GraphQL bodies', 0.01, property);
  });
});
