import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Refusal, refusalText } from '../api/refusal';

const COLOURS = { success: 'green', warning: 'yellow', error: 'red', info: 'blue' };

/** A message to the user. Screen readers announce an error immediately. */
export function Notice({
  kind,
  title,
  isSilent = false,
  children,
}: {
  kind: keyof typeof COLOURS;
  title?: string;
  /** For a message that a live region beside it announces. */
  isSilent?: boolean;
  children?: ReactNode;
}) {
  const announced = kind === 'error' ? 'alert' : 'status';
  return (
    <Alert color={COLOURS[kind]} variant="light" title={title} role={isSilent ? 'group' : announced}>
      {children}
    </Alert>
  );
}

/**
 * The place of a message that comes later. It is on the page from the start: a screen reader announces what changes in
 * such a place, and not a place that is inserted together with its message.
 */
export function LateNotice({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="late-notice">
      {children}
    </div>
  );
}

/** Shows why a request was refused. An ended session has its own dialog instead. */
export function RefusalNotice({ refusal }: { refusal: Refusal | undefined }) {
  if (!refusal || refusal.code === 'UNAUTHENTICATED') return null;
  return <Notice kind="error">{refusalText(refusal)}</Notice>;
}
