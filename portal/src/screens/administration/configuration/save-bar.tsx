import { Anchor, Button, Text } from '@mantine/core';
import { Fragment } from 'react';
import { refusalText } from '../../../api/refusal';
import { words } from '../../../words';
import { fieldsWithProblems } from './draft';
import { focusField } from './focus-field';
import type { ConfigurationForm } from './use-configuration-form';

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

function State({
  form,
  wrong,
}: {
  form: ConfigurationForm;
  wrong: readonly (keyof typeof words.configuration.fields)[];
}) {
  const { configuration } = words;
  const { refusal, isConflict, isSaved, changed } = form;
  if (wrong.length > 0) {
    return (
      <Text size="sm">
        {configuration.toCorrect}{' '}
        {wrong.map((name, place) => (
          <Fragment key={name}>
            {place > 0 && ', '}
            <Anchor component="button" type="button" inherit onClick={() => focusField(name)}>
              {configuration.fields[name][0]}
            </Anchor>
          </Fragment>
        ))}
      </Text>
    );
  }
  if (refusal && !isConflict && refusal.code !== 'UNAUTHENTICATED') {
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
