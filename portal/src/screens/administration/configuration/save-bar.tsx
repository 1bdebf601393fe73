import { Anchor, Button, Text } from '@mantine/core';
import { Fragment } from 'react';
import { refusalText } from '../../../api/refusal';
import { SETTINGS } from '../../../generated/settings';
import { words } from '../../../words';
import { fieldsWithProblems } from './draft';
import { focusField } from './focus-field';
import type { ConfigurationForm } from './use-configuration-form';

type FieldName = (typeof SETTINGS)[number]['name'];
const FIELD_NAMES: readonly FieldName[] = SETTINGS.map(({ name }) => name);

/** The buttons to save and discard, and what came of saving: always visible. */
export function SaveBar({ form }: { form: ConfigurationForm }) {
  const { configuration } = words;
  const isChanged = form.changed.length > 0;
  const wrong = fieldsWithProblems(form.draft);
  return (
    <div className="save-bar">
      <Button type="submit" loading={form.isBusy} disabled={!isChanged || wrong.length > 0}>
        {configuration.save}
      </Button>
      <Button variant="default" disabled={!isChanged} onClick={form.discard}>
        {configuration.discard}
      </Button>
      <div role="status">
        <State form={form} wrong={wrong} />
      </div>
    </div>
  );
}

interface StateProps {
  readonly form: ConfigurationForm;
  readonly wrong: readonly FieldName[];
}

function State({ form, wrong }: StateProps) {
  const { configuration } = words;
  const { refusal, isConflict, isSaved, changed } = form;
  const marked = FIELD_NAMES.filter((name) => form.errorOf(name) !== undefined);
  if (wrong.length > 0) return <ToCorrect text={configuration.toCorrect} names={wrong} />;
  if (marked.length > 0) return <ToCorrect text={words.errors.BAD_USER_INPUT()} names={marked} isError />;
  const isTold = isConflict || refusal?.code === 'UNAUTHENTICATED' || (refusal?.fields.length ?? 0) > 0;
  if (refusal && !isTold) {
    return (
      <Text size="sm" fw={600} c="red">
        {refusalText(refusal)}
      </Text>
    );
  }
  if (isSaved) {
    return (
      <Text size="sm" fw={600} c="green">
        {configuration.saved}
      </Text>
    );
  }
  return (
    changed.length > 0 && (
      <Text size="sm" c="dimmed">
        {configuration.unsaved}
      </Text>
    )
  );
}

interface ToCorrectProps {
  readonly text: string;
  readonly names: readonly FieldName[];
  readonly isError?: boolean;
}

/** Why nothing is saved, with a way to each field: it may be in another tab. */
function ToCorrect({ text, names, isError = false }: ToCorrectProps) {
  return (
    <Text size="sm" {...(isError && { fw: 600, c: 'red' })}>
      <span>{text}</span>{' '}
      {names.map((name, place) => (
        <Fragment key={name}>
          {place > 0 && ', '}
          <Anchor component="button" type="button" inherit underline="always" onClick={() => focusField(name)}>
            {words.configuration.fields[name][0]}
          </Anchor>
        </Fragment>
      ))}
    </Text>
  );
}
