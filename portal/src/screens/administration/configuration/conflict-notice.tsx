import { Button, Stack } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { words } from '../../../words';
import type { ConfigurationForm } from './use-configuration-form';

/** Shown when somebody else saved first: lists the fields that both changed, and offers to merge. */
export function ConflictNotice({ form }: { form: ConfigurationForm }) {
  const { configuration } = words;
  const names = form.changedByBoth.map((name) =>
    name === 'authMode' ? configuration.mode : configuration.fields[name][0],
  );
  return (
    <Notice kind="error" title={configuration.conflict}>
      <Stack gap="sm" align="start">
        {names.length > 0 ? configuration.conflictIn(names.join(', ')) : configuration.conflictElsewhere}
        <Button onClick={form.merge}>{configuration.conflictTake}</Button>
      </Stack>
    </Notice>
  );
}
