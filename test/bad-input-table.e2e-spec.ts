import { describe, expect, it } from '@jest/globals';
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
import { Asker, TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, ME, SESSIONS } from './support/documents.js';
import { createdId, LIN, RULE, ruleIdOf, startsStopped } from './support/mutation-subjects.js';

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
  const input = getNamedType(args[0]!.type) as GraphQLInputObjectType;
  return fieldsOf(input).flatMap(({ path: field, type }) =>
    Object.entries(badValuesFor(type)).map(([kind, value]) => ({ mutation, input: input.name, field, kind, value })),
  );
});

/** What can be asked in OIDC mode alone, or has an answer of its own only there. */
const IN_OIDC_MODE = [
  ...['onboard', 'setCliSecret', 'revokeUserCliSecret', 'testOidcProvider'],
  ...['requestAccount', 'moveAccount', 'declineAccountRequest'],
];

const AT_A = { issuer: 'https://a.example', subject: '1' };

/** Who asks for a mutation, with which input it would work, but for the field that is to be made bad. */
interface Sound {
  readonly asker: Asker;
  readonly input: object;
}
type World = (mutation: string, revision: number) => Sound;

const stateOf = async (app: TestApp, admin: Asker) => {
  const { configuration, users, accessRules } = (await app.ask(admin, STATE)).data;
  const counts = { users: users.totalCount as number, rules: accessRules.totalCount as number };
  return { revision: configuration.revision as number, ...counts };
};
/** What each bad value is answered with, a line each. */
async function answersTo(cases: typeof CASES, app: TestApp, world: World, foreignId: string): Promise<string[]> {
  const rows: string[] = [];
  // By session: each Basic header would be a password to check.
  const admin = await app.loggedIn('admin', app.adminPassword);
  for (const { mutation, input: type, field, kind, value } of cases) {
    const before = await stateOf(app, admin);
    const { asker, input: sound } = world(mutation, before.revision);
    const input = withValue(sound, field, value === 'FOREIGN' ? foreignId : value);
    const document = `mutation Bad($input: ${type}!) { ${mutation}(input: $input) { __typename } }`;
    const answer = await app.ask(asker, document, { input });
    if (answer.code) expect(await stateOf(app, admin)).toEqual(before);
    expect(answer.text).not.toMatch(/quoted-value|QUOTED_VALUE|4711|x{100}/);
    const fields = (answer.errors[0]?.extensions.fields ?? []) as { path: string[] }[];
    const place = ['input', ...field].join('.');
    const isNamed = fields.length === 0 || fields.some(({ path }) => `${path.join('.')}.`.startsWith(`${place}.`));
    expect([mutation, place, kind, isNamed]).toEqual([mutation, place, kind, true]);
    rows.push(`${mutation} ${field.join('.')} ${kind}: ${answer.code ?? 'accepted'}`);
  }
  expect(rows.filter((row) => row.endsWith('INTERNAL_SERVER_ERROR'))).toEqual([]);
  return rows;
}

const { startedApp, openedScenario } = startsStopped();

describe('Bad input of every kind, in every field of every mutation', () => {
  it(
    'of DATABASE mode has its code and path, changes nothing and is not quoted',
    async () => {
      const app = await startedApp();
      const userId = await createdId(app);
      const token = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
      await app.configure({ selfRegistration: true });
      const accessRuleId = await ruleIdOf(app);
      const sam = { username: 'sam', password: 'First-password-1', email: 'sam@example.org' };
      const admin = await app.loggedIn('admin', app.adminPassword);
      const world: World = (mutation, revision) => {
        const inputs: Record<string, object> = {
          ...{ createUser: { ...sam, isAdmin: false }, register: sam, deleteUser: { userId: 'nobody' } },
          login: { username: LIN.username, password: LIN.password },
          resetPassword: { userId, newPassword: 'Second-password-2' },
          changePassword: { currentPassword: 'Wrong-password-1', newPassword: 'Second-password-2' },
          ...{ createAccessRule: { rule: RULE }, updateAccessRule: { accessRuleId, rule: RULE } },
          deleteAccessRule: { accessRuleId: 'nobody' },
          ...{ setUserAdmin: { userId, isAdmin: false }, setUserDisabled: { userId, isDisabled: false } },
          ...{
            updateConfiguration: { revision, patch: {} },
            createServiceToken: { name: 'another', role: 'VERIFIER' },
          },
        };
        return { asker: mutation === 'login' ? undefined : admin, input: inputs[mutation] ?? {} };
      };
      const cases = CASES.filter(({ mutation }) => !IN_OIDC_MODE.includes(mutation));
      const tokens = cases.filter(({ field }) => field.at(-1) === 'serviceTokenId');
      const { id: tokenId } = token.data.createServiceToken.serviceToken;
      const others = cases.filter((one) => !tokens.includes(one));
      const rows = [
        ...(await answersTo(others, app, world, tokenId)),
        ...(await answersTo(tokens, app, world, userId)),
      ];
      expect(rows.join('\n')).toMatchSnapshot();
    },
    LONGEST_MS,
  );

  it(
    'of OIDC mode has its code and path, changes nothing and is not quoted',
    async () => {
      const scenario = await openedScenario();
      const { app } = scenario;
      const [lin, newcomer] = [await scenario.onboarded('lin'), new Browser()];
      await scenario.firstLogin(newcomer, 'sam');
      const userId = (await app.ask(lin, ME)).data.me.id;
      const worlds: Record<string, Sound> = {
        onboard: { asker: newcomer, input: { username: 'sam' } },
        setCliSecret: { asker: lin, input: { secret: 'Chosen-secret-1' } },
        revokeUserCliSecret: { asker: app.admin, input: { userId } },
        testOidcProvider: { asker: app.admin, input: {} },
        requestAccount: { asker: newcomer, input: { username: 'lin' } },
        moveAccount: { asker: app.admin, input: { requestId: 'nobody', accountId: userId, from: AT_A, to: AT_A } },
        declineAccountRequest: { asker: app.admin, input: { requestId: 'nobody' } },
      };
      const token = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'another', role: 'VERIFIER' } });
      const cases = CASES.filter(({ mutation }) => IN_OIDC_MODE.includes(mutation));
      const foreign = token.data.createServiceToken.serviceToken.id;
      const rows = await answersTo(cases, app, (mutation) => worlds[mutation]!, foreign);
      expect(rows.join('\n')).toMatchSnapshot();
    },
    LONGEST_MS,
  );

  it('that is another person’s id is refused to who is no administrator', async () => {
    const app = await startedApp();
    await createdId(app);
    const lin = await app.loggedIn(LIN.username, LIN.password);
    const admin = await app.loggedIn('admin', app.adminPassword);
    const { me } = (await app.ask(admin, ME)).data;
    const [{ id: sessionId }] = (await app.ask(admin, SESSIONS)).data.sessions;
    const token = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    const ids = {
      ...{ sessionId, userId: me.id, accessRuleId: await ruleIdOf(app) },
      serviceTokenId: token.data.createServiceToken.serviceToken.id,
    };
    const rest = { rule: RULE, newPassword: 'Second-password-2', isAdmin: false, isDisabled: true };
    const answers: Record<string, string | undefined> = {};
    for (const { name, args } of mutations) {
      const fields = fieldsOf(getNamedType(args[0]!.type) as GraphQLInputObjectType).map(({ path }) => path.join('.'));
      if (!fields.some((field) => field in ids)) continue;
      const given = Object.entries({ ...ids, ...rest }).filter(([field]) => fields.includes(field));
      const document = `mutation Foreign($input: ${String(args[0]!.type)}) { ${name}(input: $input) { __typename } }`;
      answers[name] = (await app.ask(lin, document, { input: Object.fromEntries(given) })).code;
    }
    expect(answers).toEqual({
      ...{ deleteServiceToken: 'FORBIDDEN', deleteUser: 'FORBIDDEN', resetPassword: 'FORBIDDEN' },
      ...{ revokeUserCliSecret: 'FORBIDDEN', setUserAdmin: 'FORBIDDEN', setUserDisabled: 'FORBIDDEN' },
      ...{ deleteAccessRule: 'FORBIDDEN', updateAccessRule: 'FORBIDDEN' },
      endSession: 'NOT_FOUND',
    });
    expect((await app.ask(admin, ME)).data.me.username).toBe('admin');
  });
});
