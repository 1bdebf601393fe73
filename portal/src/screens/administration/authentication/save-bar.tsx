import { Button, Text } from '@mantine/core';
import { words } from '../../../words';
import { hasGoodParameters } from './draft';
import type { ConfigurationForm } from './use-configuration-form';

/** Save and discard, always in sight. */
export function SaveBar({ form }: { form: ConfigurationForm }) {
  const isChanged = form.changed.length > 0;
  return (
    <div className="save-bar">
      <Button type="submit" loading={form.isBusy} disabled={!isChanged || !hasGoodParameters(form.draft)}>
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
