import { describe, expect, it } from '@jest/globals';
import { buildSchema, GraphQLSchema, isEnumType, isInputObjectType } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { AUDIT_ACTIONS } from '../src/audit/actions/index.js';
import { words } from '../portal/src/words.js';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const filesOf = (folder: string) =>
  readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );

/** Sent only to registry clients, by /service/token. */
const FOR_REGISTRY_CLIENTS = [
  'UNAUTHORIZED',
  'UNAVAILABLE',
  'UNSUPPORTED',
  'SERVICE_KEY_UNUSABLE',
  'NO_SUCH_CERTIFICATE',
];

/** The texts for each enumeration whose values a screen shows. */
const OF_ENUMERATIONS: Readonly<Record<string, object>> = {
  AccessSubjectKind: { ...words.access.subjects },
  AdminSource: words.users.sources,
  AuditActorKind: words.audit.actors,
  AuditOutcome: words.audit.outcomes,
  AuthMode: words.configuration.modes,
  CliSecretOrigin: words.profile.origins,
  CliSecretStatus: words.profile.statuses,
  LoginLimit: words.login.endedBy,
  OidcProviderCheckName: words.configuration.checkNames,
  OidcProviderCheckStatus: words.configuration.checkStatuses,
  OidcTokenState: words.profile.states,
  ReauthenticationReason: words.profile.reasons,
  RegistryAction: words.access.actionNames,
  SecretRuleName: words.profile.rule,
  ServiceTokenInactiveReason: words.tokens.inactive,
  ServiceTokenRole: words.tokens.roles,
  UserKind: words.profile.kinds,
  UsernameProblem: words.onboarding.problems,
};

const TEXT_ATTRIBUTES = /^(label|title|placeholder|description|alt|about|text|action|aria-label|nothing|note|what)$/;
/** The placeholder of a field, and keys of tables of texts. */
const NOT_TEXTS = /^(team\/app|[a-z]+)$/;

function literalsOf(path: string): string[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    // Messages for developers of the portal only.
    if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return;
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && TEXT_ATTRIBUTES.test(node.name.getText())) {
      const value = node.initializer;
      if (value && ts.isStringLiteral(value) && /\p{L}/u.test(value.text)) found.push(value.text);
    }
    if (ts.isStringLiteralLike(node) && /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter((text) => !NOT_TEXTS.test(text)).map((text) => `${path}: ${text}`);
}

function fieldsOf(schema: GraphQLSchema, name: string): string[] {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`${name} is not an input type.`);
  return Object.keys(type.getFields());
}

describe('The texts of the portal', () => {
  const schema = buildSchema(read('../schema.graphql'));

  it('cover every error code of the server and of the contract', () => {
    const ours = [...read('../docs/errors.md').matchAll(/^## `(\w+)`$/gm)].map(([, code]) => code);
    const [, promised = ''] = read('contract.graphql').split('# extensions.code:');
    const codes = [...promised.matchAll(/^# {3}([A-Z_, ]+)/gm)].flatMap(
      ([, line = '']) => line.match(/[A-Z_]{6,}/g) ?? [],
    );
    expect(codes.length).toBeGreaterThan(20);
    const missing = [...ours, ...codes].map(String).filter((code) => !(code in words.errors));
    expect(missing.filter((code) => !FOR_REGISTRY_CLIENTS.includes(code))).toEqual([]);
  });

  it('cover every value of an enumeration that a screen shows', () => {
    const missing = Object.entries(OF_ENUMERATIONS).flatMap(([name, known]) => {
      const type = schema.getType(name);
      if (!isEnumType(type)) throw new Error(`${name} is not an enumeration.`);
      const values = type.getValues().map((value) => value.name);
      return values.filter((value) => !(value in known)).map((value) => `${name}.${value}`);
    });
    expect(missing).toEqual([]);
  });

  it('cover every setting', () => {
    const settings = [...fieldsOf(schema, 'ConfigurationPatch'), ...fieldsOf(schema, 'OidcSettingsInput')];
    const others = ['authMode', 'oidc'];
    const missing = settings.filter((name) => !(name in words.configuration.fields) && !others.includes(name));
    expect(missing).toEqual([]);
  });

  it('cover every action of the audit log', () => {
    expect(Object.keys(words.audit.actions).sort()).toEqual(Object.keys(AUDIT_ACTIONS).sort());
  });

  it('cover no action that nothing writes', () => {
    const isSource = (path: string) => /\.ts$/.test(path) && !/\.spec\.ts$|audit-actions/.test(path);
    const sources = filesOf('../src').filter(isSource).map(read).join();
    expect(Object.keys(AUDIT_ACTIONS).filter((action) => !sources.includes(`'${action}'`))).toEqual([]);
  });

  it('are all in words.ts: no other file contains a text', () => {
    // The presets have the words of other products' screens, which nobody translates.
    const others = /words|generated|configuration\/presets\.ts/;
    const sources = filesOf('../portal/src').filter((path) => /\.tsx?$/.test(path) && !others.test(path));
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(literalsOf)).toEqual([]);
  });
});
