import { Text } from '@mantine/core';
import { fieldError, type Refusal } from '../../../api/refusal';
import { Notice, RefusalNotice } from '../../../ui/notice';
import { words } from '../../../words';
import { fixesOfField } from './fix-button';
import { Remedies, StatusBadge } from './finding';
import { secretProblem } from './setting-rows';
import type { ConfigurationForm } from './use-configuration-form';

interface FieldProblemsProps {
  readonly refusal: Refusal | undefined;
  readonly form: ConfigurationForm;
  /** Called before the focus goes to a field. */
  readonly onLeave?: () => void;
}

/** Why the values could not be tested: a row for each field, in the form of the report. */
export function FieldProblems({ refusal, form, onLeave }: FieldProblemsProps) {
  const { fields, report, notTested } = words.configuration;
  const labels: Readonly<Record<string, readonly string[]>> = fields;
  if (!refusal || refusal.fields.length === 0) return <RefusalNotice refusal={refusal} />;
  return (
    <section aria-label={report}>
      <Notice kind="error" title={notTested}>
        {words.configuration.fieldsToCorrect}
      </Notice>
      <ul className="checks">
        {refusal.fields.map(({ path }) => {
          const name = path.at(-1) ?? '';
          const label = labels[name]?.[0] ?? name;
          return (
            <li key={path.join('.')}>
              <StatusBadge status="FAILED" />
              <div>
                <Text fw={600}>{label}</Text>
                <Text size="sm">{secretProblem(form, name) ?? fieldError(refusal, name)}</Text>
                <Remedies
                  field={name}
                  fixes={fixesOfField(name, form.draft)}
                  of={label}
                  form={form}
                  onLeave={onLeave}
                />
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
