import { Field, InputType, Int, ObjectType, ReturnTypeFunc } from '@nestjs/graphql';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/scalars/index.js';
import { Declarations, kindOf, PatchOf, Setting, SettingKind } from '../settings/setting.js';
import { RequestParameterInput, RequestParameterModel } from './request-parameter.models.js';

/** The names of settings that are sealed at rest. */
type Sealed<Values> = { [Name in keyof Values]: SecretText extends Values[Name] ? Name : never }[keyof Values];

/** Settings as they are shown: of a sealed one only whether it is set. */
export type ShownSettings<Values> = Omit<Values, Sealed<Values>> & {
  readonly [Name in Sealed<Values> & string as `${Name}Set`]: boolean;
};

type FieldTypes = Readonly<Record<SettingKind, ReturnTypeFunc>>;

const SIMPLE = { flag: () => Boolean, number: () => Int, text: () => String, texts: () => [String] };
const SENT: FieldTypes = { ...SIMPLE, secret: () => Secret, parameters: () => [RequestParameterInput] };
const SHOWN: FieldTypes = { ...SIMPLE, secret: () => Boolean, parameters: () => [RequestParameterModel] };

const declared = (declarations: object) => Object.entries(declarations as Readonly<Record<string, Setting<unknown>>>);

/** The base of an input type, as Nest's mapped types are: a nullable field for each declared setting. */
export function settingsInput<Values>(declarations: Declarations<Values>): abstract new () => PatchOf<Values> {
  @InputType({ isAbstract: true })
  abstract class SettingsInput {}
  for (const [name, setting] of declared(declarations)) {
    Field(SENT[kindOf(setting)], { nullable: true })(SettingsInput.prototype, name);
  }
  return SettingsInput;
}

/** The base of an object type: a field for each declared setting, with its description. */
export function settingsModel<Values>(declarations: Declarations<Values>): abstract new () => ShownSettings<Values> {
  @ObjectType({ isAbstract: true })
  abstract class SettingsModel {}
  for (const [name, setting] of declared(declarations)) {
    const { description, nullable } = setting;
    const options = setting.sealed
      ? { description: 'The secret itself is never returned.' }
      : { description, nullable };
    Field(SHOWN[kindOf(setting)], options)(SettingsModel.prototype, shownName(name, setting));
  }
  return SettingsModel as abstract new () => ShownSettings<Values>;
}

/** The values of settings as they are shown. */
export function shownSettings<Values extends object>(
  declarations: Declarations<Values>,
  values: Values,
): ShownSettings<Values> {
  const shown = declared(declarations).map(([name, setting]) => {
    const value = values[name as keyof Values];
    return [shownName(name, setting), setting.sealed ? value !== null : value];
  });
  return Object.fromEntries(shown) as ShownSettings<Values>;
}

const shownName = (name: string, { sealed }: Setting<unknown>) => (sealed ? `${name}Set` : name);
