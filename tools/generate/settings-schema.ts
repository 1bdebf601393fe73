import { AuthMode } from '../../src/settings/auth-mode.js';
import { GENERAL_SETTINGS } from '../../src/settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../../src/settings/oidc-settings.schema.js';
import { kindOf, Setting, SettingKind } from '../../src/settings/setting.js';
import { AccessSubjectKind, RegistryAction } from '../../src/registry/protocol/registry-action.js';

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const NAME = { type: 'string', minLength: 1, maxLength: 255 };
const inFile = (name: string, description: string) => ({
  type: 'object',
  additionalProperties: false,
  required: [name],
  properties: { [name]: { type: 'string', minLength: 1, description } },
});

/** A text, or where it is. */
const SECRET = {
  anyOf: [
    { type: 'string', minLength: 1 },
    inFile('file', 'The path of a file with the secret, from the folder of this file.'),
    inFile('env', 'The name of an environment variable with the secret.'),
  ],
};
const PARAMETER = {
  ...{ type: 'object', additionalProperties: false, required: ['name', 'value'] },
  properties: { name: TEXT, value: TEXT },
};

const TYPE_OF_KIND: Readonly<Record<SettingKind, Schema>> = {
  flag: { type: 'boolean' },
  number: { type: 'integer' },
  text: TEXT,
  texts: { type: 'array', items: TEXT },
  secret: SECRET,
  parameters: { type: 'array', items: PARAMETER },
};

function schemaOf(setting: Setting<unknown>): Schema {
  const { choices, limits, description, nullable, fallback, sealed } = setting;
  const bounds = limits && { minimum: limits[0], maximum: limits[1] };
  const type = { ...TYPE_OF_KIND[kindOf(setting)], ...(choices && { enum: choices }), ...bounds };
  const told = { description, ...(!sealed && { default: fallback }) };
  return nullable ? { ...told, anyOf: [type, { type: 'null' }] } : { ...told, ...type };
}

function sectionOf(declarations: object): Schema {
  const entries = Object.entries(declarations) as [string, Setting<unknown>][];
  return Object.fromEntries(entries.map(([name, setting]) => [name, schemaOf(setting)]));
}

/** What else a rule needs, by its kind of subject. */
const ofKind = (kind: AccessSubjectKind, then: Schema) => ({
  if: { properties: { subjectKind: { const: kind } }, required: ['subjectKind'] },
  then,
});
const without = (...names: string[]) => ({ properties: Object.fromEntries(names.map((name) => [name, false])) });

const RULE = {
  type: 'object',
  additionalProperties: false,
  required: ['repositoryPattern', 'actions', 'subjectKind'],
  properties: {
    repositoryPattern: {
      ...NAME,
      description: 'A repository name, in which a component may contain one *, be ${username}, or once be **.',
    },
    actions: { type: 'array', minItems: 1, items: { enum: Object.values(RegistryAction) } },
    subjectKind: { enum: Object.values(AccessSubjectKind) },
    username: { ...NAME, description: 'For a USER: the user name. It is reserved until its owner is there.' },
    groupName: { ...NAME, description: 'For a GROUP: its name.' },
    service: {
      anyOf: [NAME, { type: 'null' }],
      description: 'One of REGISTRY_SERVICES: the rule then counts only at its registry. Without it, at all of them.',
    },
  },
  allOf: [
    ofKind(AccessSubjectKind.USER, { required: ['username'], ...without('groupName') }),
    ofKind(AccessSubjectKind.GROUP, { required: ['groupName'], ...without('username') }),
    ofKind(AccessSubjectKind.AUTHENTICATED, without('username', 'groupName')),
    ofKind(AccessSubjectKind.ANYONE, {
      properties: { username: false, groupName: false, actions: { items: { const: RegistryAction.PULL } } },
    }),
  ],
};

/** The JSON Schema (draft 7, which editors know) of the settings file, from the declarations of the settings. */
export function settingsSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The settings file of Mooring (SETTINGS_FILE)',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { ...TEXT, description: 'Where an editor finds this schema; it has no effect.' },
      authMode: { enum: Object.values(AuthMode) },
      ...sectionOf(GENERAL_SETTINGS),
      oidc: {
        anyOf: [
          { type: 'object', additionalProperties: false, properties: sectionOf(OIDC_SETTINGS) },
          { type: 'null' },
        ],
      },
      accessRules: { anyOf: [{ type: 'array', items: RULE }, { type: 'null' }] },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
