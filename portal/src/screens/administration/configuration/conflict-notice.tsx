import { Button, Stack } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { words } from '../../../words';
import type { ConfigurationForm } from './use-configuration-form';

/** Shown when somebody else saved first: lists the fields that both changed, and offers to merge. */
export function ConflictNotice({ form }: { form: ConfigurationForm }) {
  const { authentication } = words;
  const names = form.changedByBoth.map((name) =>
    name === 'authMode' ? authentication.mode : authentication.fields[name][0],
  );
  return (
    <Notice kind="error" title={authentication.conflict}>
      <Stack gap="sm" align="start">
        {names.length > 0 ? authentication.conflictIn(names.join(', ')) : authentication.conflictElsewhere}
        <Button onClick={form.merge}>{authentication.conflictTake}</Button>
      </Stack>
    </Notice>
  );
}
