import { Button, Text } from '@mantine/core';
import { refusalText } from '../../../api/refusal';
import { words } from '../../../words';
import { fieldsWithProblems } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

/** The buttons to save and discard, and what came of saving: always visible. */
export function SaveBar({ form }: { form: ConfigurationForm }) {
  const { authentication } = words;
  const isChanged = form.changed.length > 0;
  const labels = fieldsWithProblems(form.draft).map((name) => authentication.fields[name][0] ?? name);
  return (
    <div className="save-bar">
      <Button type="submit" loading={form.isBusy} disabled={!isChanged || labels.length > 0}>
        {authentication.save}
      </Button>
      <Button variant="default" disabled={!isChanged} onClick={form.discard}>
        {authentication.discard}
      </Button>
      <div role="status">
        <State form={form} labels={labels} />
      </div>
    </div>
  );
}

function State({ form, labels }: { form: ConfigurationForm; labels: readonly string[] }) {
  const { authentication } = words;
  const { refusal, isConflict, isSaved, changed } = form;
  if (labels.length > 0) return <Text size="sm">{authentication.toCorrect(labels.join(', '))}</Text>;
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
        {authentication.saved}
      </Text>
    );
  }
  return (
    changed.length > 0 && (
      <Text size="sm" c="dimmed">
        {authentication.unsaved}
      </Text>
    )
  );
}
