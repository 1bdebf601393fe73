import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNamedType,
  GraphQLInputObjectType,
  GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_RULE, CREATE_TOKEN, CREATE_USER } from './support/documents.js';

/** Several hundred requests, one after the other. */
const LONGEST_MS = 300_000;

const STATE =
  'query State { configuration { revision } users(first: 1) { totalCount } accessRules(first: 1) { totalCount } }';
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const mutations = Object.values(schema.getMutationType()!.getFields()).filter(({ args }) => args.length > 0);

const TEXTS: Record<string, unknown> = {
  'a number': 4711,
  'a list': ['quoted-value'],
  'an object': { quoted: 'quoted-value' },
  empty: '',
  blank: '  ',
  'over-long': 'x'.repeat(70_000),
  'a control character': 'quoted-value\u0000',
  'an invisible character': 'quoted-value\u200b',
  'a bidirectional character': 'quoted-value\u202e',
};
const BAD: Record<string, Record<string, unknown>> = {
  String: TEXTS,
  Secret: TEXTS,
  ID: {
    'a fraction': 1.5,
    empty: '',
    'over-long': TEXTS['over-long'],
    unknown: 'quoted-value',
    'of another type': 'FOREIGN',
  },
  Boolean: { 'a text': 'true', 'a number': 1 },
  Int: { 'a text': '5', 'a fraction': 1.5, negative: -1, huge: 2 ** 40 },
  DateTime: { 'no moment': 'quoted-value', 'a number': 4711, 'a date alone': '2030-01-01' },
};

function badValuesFor(type: GraphQLInputType): Record<string, unknown> {
  const absent = isNonNullType(type) ? { null: null, 'left out': undefined } : { null: null };
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) return { ...absent, 'a text': 'quoted-value', 'a list of null': [null] };
  if (isInputObjectType(nullable)) return { ...absent, 'a text': 'quoted-value', 'a list': [1, 2] };
  if (isEnumType(nullable)) return { ...absent, 'no such value': 'QUOTED_VALUE', 'a number': 4711 };
  return { ...absent, ...BAD[getNamedType(nullable).name] };
}

type Path = readonly string[];

/** Every field of an input, those of inputs inside it as well. */
function fieldsOf(type: GraphQLInputObjectType, path: Path = []): { path: Path; type: GraphQLInputType }[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const here = [...path, field.name];
    const inner = isNonNullType(field.type) ? field.type.ofType : field.type;
    return [{ path: here, type: field.type }, ...(isInputObjectType(inner) ? fieldsOf(inner, here) : [])];
  });
}

function withValue(input: object, [name = '', ...rest]: Path, value: unknown): object {
  const inner = (input as Record<string, object>)[name] ?? {};
  return { ...input, [name]: rest.length === 0 ? value : withValue(inner, rest, value) };
}

/** Every mutation with every field of its input, and every value that is bad there. */
const CASES = mutations.flatMap(({ name: mutation, args }) => {
  const input = getNamedType(args[0].type) as GraphQLInputObjectType;
  return fieldsOf(input).flatMap(({ path: field, type }) =>
    Object.entries(badValuesFor(type)).map(([kind, value]) => ({ mutation, input: input.name, field, kind, value })),
  );
});

describe('Bad input', () => {
  let app: TestApp;
  /** Looks by a session: to hash the administrator's password before and after each case would take the longest. */
  let watcher: Browser;
  let userId: string;
  let tokenId: string;
  let accessRuleId: string;
  beforeAll(async () => {
    app = await TestApp.start({ LOG_LEVEL: 'warn' });
    watcher = await app.loggedIn('admin', app.adminPassword);
    const lin = { username: 'lin', password: 'First-password-1', email: 'lin@example.org' };
    userId = (await app.ask(app.admin, CREATE_USER, { input: lin })).data.createUser.user.id;
    const token = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    tokenId = token.data.createServiceToken.serviceToken.id;
    const created = await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    accessRuleId = created.data.createAccessRule.accessRule.id;
    await app.configure({ selfRegistration: true });
  });
  afterAll(() => app.stop());

  const rule = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
  const state = async () => {
    const { configuration, users, accessRules } = (await app.ask(watcher, STATE)).data;
    return {
      revision: configuration.revision as number,
      users: users.totalCount as number,
      rules: accessRules.totalCount as number,
    };
  };
  /** An input that would work, but for the field that is to be made bad. */
  const soundInputs = (revision: number): Record<string, object> => ({
    CreateUserInput: { username: 'sam', password: 'First-password-1', email: 'sam@example.org', isAdmin: false },
    RegisterInput: { username: 'sam', password: 'First-password-1', email: 'sam@example.org' },
    LoginInput: { username: 'lin', password: 'First-password-1' },
    DeleteUserInput: { userId: 'nobody' },
    ResetPasswordInput: { userId, newPassword: 'Second-password-2' },
    ChangePasswordInput: { currentPassword: 'Wrong-password-1', newPassword: 'Second-password-2' },
    SetUserAdminInput: { userId, isAdmin: false },
    SetUserDisabledInput: { userId, isDisabled: false },
    UpdateConfigurationInput: { revision, patch: {} },
    CreateAccessRuleInput: { rule },
    UpdateAccessRuleInput: { accessRuleId, rule },
    DeleteAccessRuleInput: { accessRuleId: 'nobody' },
    CreateServiceTokenInput: { name: 'another', role: 'VERIFIER' },
  });

  it(
    'of every kind, in every field of every mutation, has its code, changes nothing and is not quoted',
    async () => {
      const rows: string[] = [];
      for (const { mutation, input: type, field, kind, value } of CASES) {
        const before = await state();
        const sound = soundInputs(before.revision)[type] ?? {};
        const foreign = field.at(-1) === 'serviceTokenId' ? userId : tokenId;
        const input = withValue(sound, field, value === 'FOREIGN' ? foreign : value);
        const document = `mutation Bad($input: ${type}!) { ${mutation}(input: $input) { __typename } }`;
        const answer = await app.ask(app.admin, document, { input });
        if (answer.code) expect(await state()).toEqual(before);
        expect(answer.text).not.toMatch(/quoted-value|QUOTED_VALUE|4711|x{100}/);
        rows.push(`${mutation} ${field.join('.')} ${kind}: ${answer.code ?? 'accepted'}`);
      }
      expect(rows.filter((row) => row.endsWith('INTERNAL_SERVER_ERROR'))).toEqual([]);
      expect(rows.join('\n')).toMatchSnapshot();
    },
    LONGEST_MS,
  );
});
