import { type ReactNode, useState } from 'react';
import { SETTINGS } from '../../../generated/settings';
import { words } from '../../../words';
import { type FormField, isShown, isUsual, problemOf, type TextField } from './draft';
import { EndpointRow } from './endpoint-row';
import { ChoiceRow, LinesRow, NumberRow, SecretRow, SwitchRow, TextRow } from './rows';
import type { ConfigurationForm } from './use-configuration-form';

type Widget = (props: { form: ConfigurationForm }) => ReactNode;

/** The settings that need more than the row of their kind. */
const SPECIAL: { readonly [Name in TextField]?: Widget } = {
  clientSecret: ClientSecret,
  endpoint: EndpointRow,
  caCertificates: ({ form }) => <LinesRow form={form} name="caCertificates" />,
};

/** The declared settings of one part of the page, in order, each with the row of its kind; the rare ones are folded away. */
export function SettingRows({ form, part }: { form: ConfigurationForm; part: FormField['part'] }) {
  const shown = SETTINGS.filter((field) => field.part === part && isShown(field, form.draft));
  return (
    <>
      <Rows form={form} fields={shown.filter(({ isAdvanced }) => !isAdvanced)} />
      <Advanced form={form} fields={shown.filter(({ isAdvanced }) => isAdvanced)} />
    </>
  );
}

interface RowsProps {
  readonly form: ConfigurationForm;
  readonly fields: readonly FormField[];
}

function Rows({ form, fields }: RowsProps) {
  return fields.map((field) => <SettingRow key={field.name} form={form} field={field} />);
}

/** The rare settings: open from the start where one of them is in use, so that nothing is in effect that nobody sees. */
function Advanced({ form, fields }: RowsProps) {
  const [isOpen] = useState(() => fields.some((field) => !isUsual(field, form.draft)));
  if (fields.length === 0) return null;
  return (
    <details open={isOpen}>
      <summary>{words.configuration.advanced}</summary>
      <div className="form folded">
        <Rows form={form} fields={fields} />
      </div>
    </details>
  );
}

function SettingRow({ form, field }: { form: ConfigurationForm; field: FormField }) {
  if (field.kind === 'flag') return <SwitchRow form={form} name={field.name} />;
  const Special = SPECIAL[field.name];
  if (Special) return <Special form={form} />;
  const problem = problemOf(field, form.draft);
  const props = { form, name: field.name, error: problem && words.configuration[problem] };
  if (field.kind === 'number') return <NumberRow {...props} limits={field.limits} unit={field.unit} />;
  if (field.kind === 'texts' || field.kind === 'parameters') return <LinesRow {...props} />;
  if (field.choices !== null) return <ChoiceRow {...props} choices={field.choices} />;
  return <TextRow {...props} />;
}

/** Why the stored client secret does not count for the endpoint as typed; undefined for other fields, and where it does. */
export function secretProblem({ before, draft, base }: ConfigurationForm, name: string): string | undefined {
  const isSent = !['none', 'private_key_jwt'].includes(draft.clientAuthentication);
  const isElsewhere = draft.endpoint !== before.endpoint || draft.discoveryUrl !== before.discoveryUrl;
  const isMissing = name === 'clientSecret' && base.oidc.clientSecretSet && draft.clientSecret === '';
  return isMissing && isSent && isElsewhere ? words.configuration.secretAgain : undefined;
}

function ClientSecret({ form }: { form: ConfigurationForm }) {
  return (
    <SecretRow
      form={form}
      name="clientSecret"
      placeholder={form.base.oidc.clientSecretSet ? words.configuration.secretKept : ''}
      error={secretProblem(form, 'clientSecret')}
    />
  );
}
