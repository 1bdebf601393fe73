import { Button, Stack } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { words } from '../../../words';
import type { ConfigurationForm } from './use-configuration-form';

/** Somebody else saved first: says what both have changed, and keeps what was typed. */
export function ConflictNotice({ form }: { form: ConfigurationForm }) {
  const { authentication } = words;
  const names = form.inBoth.map((name) => (name === 'authMode' ? authentication.mode : authentication.fields[name][0]));
  return (
    <Notice kind="bad" title={authentication.conflict}>
      <Stack gap="sm" align="start">
        {names.length > 0 ? authentication.conflictIn(names.join(', ')) : authentication.conflictElsewhere}
        <Button onClick={form.takeIn}>{authentication.conflictTake}</Button>
      </Stack>
    </Notice>
  );
}
