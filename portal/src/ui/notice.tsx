import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Refusal, sayRefusal } from '../api/refusal';

const COLOURS = { good: 'green', careful: 'yellow', bad: 'red', plain: 'blue' };

/** Something that a person should notice; read aloud at once where it is bad. */
export function Notice({
  kind,
  title,
  children,
}: {
  kind: keyof typeof COLOURS;
  title?: string;
  children?: ReactNode;
}) {
  return (
    <Alert color={COLOURS[kind]} variant="light" title={title} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </Alert>
  );
}

/** Says why something was refused. An ended session is spoken of by its own dialog. */
export function RefusalNotice({ refusal }: { refusal: Refusal | undefined }) {
  if (!refusal || refusal.code === 'UNAUTHENTICATED') return null;
  return <Notice kind="bad">{sayRefusal(refusal)}</Notice>;
}
