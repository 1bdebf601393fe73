import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { words } from '../../../words';
import type { SwitchField, TextField } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

interface RowProps<Name> {
  readonly form: ConfigurationForm;
  readonly name: Name;
  readonly error?: string;
}

/** Why a setting is read-only, if the operator has set it. */
export function readOnlyReason(form: ConfigurationForm, name: string): string | undefined {
  const fixed = form.base.readOnlySettings.find((setting) => setting.name.split('.').at(-1) === name);
  return fixed && words.configuration.fixed(fixed.reason);
}

/** Whether a setting must have a value before OIDC can be the auth mode. */
function isRequired({ draft, base }: ConfigurationForm, name: TextField): boolean {
  if (draft.authMode !== 'OIDC') return false;
  const needsSecret = !['none', 'private_key_jwt'].includes(draft.clientAuthentication) && !base.oidc.clientSecretSet;
  return name === 'endpoint' || name === 'clientId' || (name === 'clientSecret' && needsSecret);
}

function propsOf({ form, name, error }: RowProps<TextField>) {
  const fixed = readOnlyReason(form, name);
  const [label, description] = words.configuration.fields[name];
  return {
    ...{
      label,
      description: fixed ?? description,
      disabled: fixed !== undefined,
      required: isRequired(form, name),
      name,
      value: form.draft[name],
      error: error ?? form.errorOf(name),
    },
    onChange: (event: { currentTarget: { value: string } }) => form.set(name, event.currentTarget.value),
    ...{ autoComplete: 'off', spellCheck: false },
  };
}

interface TextRowProps extends RowProps<TextField> {
  readonly placeholder?: string;
  /** Called when the field is left, and before its form is sent by the Enter key. */
  readonly onLeave?: () => void;
}

/** A text setting. */
export function TextRow({ placeholder, onLeave, ...props }: TextRowProps) {
  return (
    <TextInput
      {...propsOf(props)}
      {...(placeholder !== undefined && { placeholder })}
      onBlur={onLeave}
      onKeyDown={({ key }) => key === 'Enter' && onLeave?.()}
    />
  );
}

/** A setting with one of a few words. A stored word that this portal does not know stays until another one is chosen. */
export function ChoiceRow({ choices, ...props }: RowProps<TextField> & { choices: readonly string[] }) {
  const { value, ...shown } = propsOf(props);
  const names: Readonly<Record<string, string>> = words.configuration.choices;
  const offered = choices.includes(value) ? choices : [value, ...choices];
  const data = offered.map((choice) => ({ value: choice, label: names[choice] ?? choice }));
  return <NativeSelect {...shown} value={value} data={data} />;
}

/** A multi-line setting. */
export function LinesRow(props: RowProps<TextField>) {
  return <Textarea {...propsOf(props)} rows={3} />;
}

interface NumberRowProps extends RowProps<TextField> {
  readonly limits: readonly [least: number, most: number];
  readonly unit: keyof typeof words.configuration.units | null;
}

/** A number setting, with its unit beside it. */
export function NumberRow({ limits, unit, ...props }: NumberRowProps) {
  const { description, ...shown } = propsOf(props);
  const { units, limitsOf } = words.configuration;
  return (
    <TextInput
      {...shown}
      // The input is described by this text, so that a screen reader tells the unit and the limits with it.
      description={[description, limitsOf(...limits, unit)].filter(Boolean).join(' ')}
      inputMode="numeric"
      classNames={{ wrapper: 'short' }}
      inputContainer={(input) => (
        <div className="number">
          {input}
          {unit && <span>{units[unit]}</span>}
        </div>
      )}
    />
  );
}

/** A secret setting: it is never shown again. */
export function SecretRow({ placeholder, ...props }: RowProps<TextField> & { placeholder: string }) {
  return <PasswordInput {...propsOf(props)} placeholder={placeholder} autoComplete="new-password" />;
}

/** An on/off setting. */
export function SwitchRow({ form, name }: RowProps<SwitchField>) {
  const [label, description] = words.configuration.fields[name];
  const fixed = readOnlyReason(form, name);
  const error = form.errorOf(name);
  return (
    <Checkbox
      name={name}
      label={label}
      error={error}
      aria-invalid={error !== undefined}
      description={fixed ?? description}
      disabled={fixed !== undefined}
      checked={form.draft[name]}
      onChange={(event) => form.set(name, event.currentTarget.checked)}
    />
  );
}
