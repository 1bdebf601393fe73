import { Button, Text } from '@mantine/core';
import { words } from '../../../words';
import { fieldsWithProblems } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

/** The buttons to save and discard, always visible. */
export function SaveBar({ form }: { form: ConfigurationForm }) {
  const { authentication } = words;
  const isChanged = form.changed.length > 0;
  const labels = fieldsWithProblems(form.draft).map((name) => authentication.fields[name][0]);
  return (
    <div className="save-bar">
      <Button type="submit" loading={form.isBusy} disabled={!isChanged || labels.length > 0}>
        {authentication.save}
      </Button>
      <Button variant="default" disabled={!isChanged} onClick={form.discard}>
        {authentication.discard}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {labels.length > 0 ? authentication.toCorrect(labels.join(', ')) : isChanged && authentication.unsaved}
      </Text>
    </div>
  );
}
