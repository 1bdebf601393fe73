import { Button, Text } from '@mantine/core';
import { words } from '../../../words';
import { hasValidParameters } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

/** The buttons to save and discard, always visible. */
export function SaveBar({ form }: { form: ConfigurationForm }) {
  const isChanged = form.changed.length > 0;
  return (
    <div className="save-bar">
      <Button type="submit" loading={form.isBusy} disabled={!isChanged || !hasValidParameters(form.draft)}>
        {words.authentication.save}
      </Button>
      <Button variant="default" disabled={!isChanged} onClick={form.discard}>
        {words.authentication.discard}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {isChanged && words.authentication.unsaved}
      </Text>
    </div>
  );
}
